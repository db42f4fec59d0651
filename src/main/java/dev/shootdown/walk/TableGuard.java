package dev.shootdown.walk;

import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;

/**
 * What a walker does, beside its section, to keep the tables alive that it reads: nothing, unless the machine's tables have counts
 * or a lock. Confined to the walker's thread.
 */
sealed interface TableGuard permits NoGuard, CountGuard, LockGuard {
    /** What walkers of these tables must do. */
    static TableGuard of(PageTables tables) {
        if (tables.counts().isPresent()) {
            return new CountGuard(tables.counts().get());
        }
        return tables.lock().<TableGuard>map(LockGuard::new).orElse(NoGuard.INSTANCE);
    }

    /** Before the first entry is loaded. */
    void begin();

    /**
     * Before the first load from a table.
     *
     * @param table whose frame memory has
     * @param level its level
     * @param reader by which to load the parent entry again
     * @param parentOffset where that is
     * @param parent what it was
     * @return whether the walk may go on
     */
    boolean admit(long table, int level, EntryReader reader, long parentOffset, long parent);

    /** After the walk's last load. */
    void end();

    /** Whether this walk's guard changed the count or the lock of a table that was freed. */
    boolean wroteFreedTable();
}
