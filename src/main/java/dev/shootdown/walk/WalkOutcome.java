package dev.shootdown.walk;

/** How a walk ended. From {@link #READ_FREED_TABLE} on, an outcome is never acceptable. */
public enum WalkOutcome {
    /** The page was found and a reference taken; the caller drops it. */
    PINNED,
    /** An entry on the way maps nothing. */
    NOT_PRESENT,
    /** The page or an entry changed under the walk: the slow path would take over. */
    RETRY,
    /** An entry was loaded from a table that had been freed. */
    READ_FREED_TABLE,
    /** An entry was loaded from a table that had been freed and handed to somebody else. */
    READ_RECYCLED_TABLE,
    /** The reference taken is to a page of another owner. */
    PINNED_FOREIGN_PAGE,
    /** An entry was loaded from a table that was published before it was initialised. */
    READ_UNINITIALISED_TABLE,
    /** An accessed or dirty bit was set in a table that had been freed. */
    WROTE_FREED_TABLE,
    /** An entry led to a physical address without memory. */
    ACCESS_FAULT;

    /** Whether no correct protocol can lead here. */
    public boolean isForbidden() {
        return compareTo(READ_FREED_TABLE) >= 0;
    }
}
