package dev.shootdown.explore;

/** What a process does in a step, as far as other processes can tell. */
enum Access {
    /** Loads a word. */
    READ,
    /** Stores a word, or loads and stores it in one. */
    WRITE,
    /** Touches nothing that is shared. */
    LOCAL;

    /** Whether the order of two accesses by different processes matters. */
    static boolean conflict(Access one, long offset, Access other, long otherOffset) {
        return offset == otherOffset && one != LOCAL && other != LOCAL && (one == WRITE || other == WRITE);
    }
}
