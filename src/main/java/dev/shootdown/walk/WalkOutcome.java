package dev.shootdown.walk;

import dev.shootdown.pagetable.EntryReader;

/** How a walk ended. From {@link #READ_FREED_TABLE} on, an outcome is never acceptable. */
public enum WalkOutcome {
    /** The page was found and a reference taken; the caller drops it. */
    PINNED,
    /** An entry on the way maps nothing. */
    NOT_PRESENT,
    /** The page or an entry changed under the walk: the slow path would take over. */
    RETRY,
    /** The page was found, and no reference taken: all that a walker that only looks wants. */
    FOUND,
    /** The hardware translated the address, and the page was accessed. */
    TRANSLATED,
    /** The hardware found no valid translation, and would raise a page fault. */
    PAGE_FAULT,
    /** An entry was loaded from a table that had been freed. */
    READ_FREED_TABLE,
    /** An entry was loaded from a table that had been freed and handed to somebody else. */
    READ_RECYCLED_TABLE,
    /** The reference taken is to a page of another owner. */
    PINNED_FOREIGN_PAGE,
    /** An entry was loaded from a table that was published before it was initialised. */
    READ_UNINITIALISED_TABLE,
    /** Something of a table was written that had been freed: an entry, by the hardware; its count or its lock, by a walker. */
    WROTE_FREED_TABLE,
    /** A page was accessed, through a cached translation, that had been freed, or is another owner's. */
    USED_STALE_TRANSLATION,
    /** An entry led to a physical address without memory. */
    ACCESS_FAULT;

    /**
     * {@return how a walk ended whose entries were loaded by {@code reader}: what the reader met outweighs everything
     * else}
     *
     * @param reader after its walk
     * @param otherwise how it ended if the reader met nothing
     */
    public static WalkOutcome ofFinding(EntryReader reader, WalkOutcome otherwise) {
        return switch (reader.finding()) {
            case FREED -> READ_FREED_TABLE;
            case FOREIGN -> READ_RECYCLED_TABLE;
            case UNINITIALISED -> READ_UNINITIALISED_TABLE;
            case NONE -> reader.wentOutsideMemory() ? ACCESS_FAULT : otherwise;
        };
    }

    /** {@return whether the walk found that nothing is mapped} */
    public boolean foundNothing() {
        return this == NOT_PRESENT || this == PAGE_FAULT;
    }

    /** {@return whether no correct protocol can lead here} */
    public boolean isForbidden() {
        return compareTo(READ_FREED_TABLE) >= 0;
    }
}
