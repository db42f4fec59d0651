package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;

/** The vocabulary of results: every way a walk can end, and what can happen to a whole sample. */
public enum Outcome {
    /** A reference to the page was taken. */
    PINNED,
    /** An entry on the way maps nothing. */
    NOT_PRESENT,
    /** The page or an entry changed under the walk. */
    RETRY,
    /** The page was found, and no reference taken. */
    FOUND,
    /** The hardware translated the address. */
    TRANSLATED,
    /** The hardware found no valid translation. */
    PAGE_FAULT,
    /**
     * The walk ended well, but a table that it had been in was freed before its section ended: only chance kept it from
     * reading once more.
     */
    NEAR_MISS,
    /** The actors did not meet in time: the sample says nothing. */
    UNMET,
    /** An entry was loaded from a freed table. */
    READ_FREED_TABLE,
    /** An entry was loaded from a freed table that somebody else had been given. */
    READ_RECYCLED_TABLE,
    /** The reference taken is to a page of another owner. */
    PINNED_FOREIGN_PAGE,
    /** An entry was loaded from a table before it was initialised. */
    READ_UNINITIALISED_TABLE,
    /** Something of a table was written that had been freed: an entry, by the hardware; its count or its lock, by a walker. */
    WROTE_FREED_TABLE,
    /** A page was accessed, through a cached translation, that had been freed, or is another owner's. */
    USED_STALE_TRANSLATION,
    /** An entry led outside memory. */
    ACCESS_FAULT;

    /**
     * {@return the outcome of a sample whose walk ended so, if nothing else happened}
     *
     * @param walk the walk's own
     */
    public static Outcome of(WalkOutcome walk) {
        return switch (walk) {
            case PINNED -> PINNED;
            case NOT_PRESENT -> NOT_PRESENT;
            case RETRY -> RETRY;
            case FOUND -> FOUND;
            case TRANSLATED -> TRANSLATED;
            case PAGE_FAULT -> PAGE_FAULT;
            case READ_FREED_TABLE -> READ_FREED_TABLE;
            case READ_RECYCLED_TABLE -> READ_RECYCLED_TABLE;
            case PINNED_FOREIGN_PAGE -> PINNED_FOREIGN_PAGE;
            case READ_UNINITIALISED_TABLE -> READ_UNINITIALISED_TABLE;
            case WROTE_FREED_TABLE -> WROTE_FREED_TABLE;
            case USED_STALE_TRANSLATION -> USED_STALE_TRANSLATION;
            case ACCESS_FAULT -> ACCESS_FAULT;
        };
    }

    /** {@return whether no correct protocol can lead here} */
    public boolean isForbidden() {
        return compareTo(READ_FREED_TABLE) >= 0;
    }
}
