package dev.shootdown.walk;

import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.TableCounts;

/** A reference to each table on the way, from when its parent entry was loaded until the walk is over. */
final class CountGuard implements TableGuard {
    private static final int MAX_LEVELS = 5;

    private final TableCounts counts;
    private final long[] held = new long[MAX_LEVELS];
    private int holding;
    private boolean wroteFreedTable;

    CountGuard(TableCounts counts) {
        this.counts = counts;
    }

    @Override
    public void begin() {
        holding = 0;
        wroteFreedTable = false;
    }

    @Override
    public boolean admit(long table, int level, EntryReader reader, long parentOffset, long parent) {
        return switch (counts.taking()) {
            case RECHECKED, OWN_DESCRIPTOR -> take(table) && isStill(reader, level, parentOffset, parent);
            case UNCHECKED -> take(table);
            case BLIND -> takeBlindly(table) && isStill(reader, level, parentOffset, parent);
        };
    }

    private boolean take(long table) {
        long before = counts.getUnlessNone(table);
        wroteFreedTable = TableCounts.isDead(before);
        return before != 0 && !wroteFreedTable && hold(table);
    }

    /** A walk that took what was not there ends here: whatever it did next, the table would be freed once more. */
    private boolean takeBlindly(long table) {
        wroteFreedTable = !counts.getBlindly(table);
        return !wroteFreedTable && hold(table);
    }

    private boolean hold(long table) {
        held[holding++] = table;
        return true;
    }

    /** The reference came first (tryGet's full barrier): if the entry is as it was, the count was that of this life. */
    private static boolean isStill(EntryReader reader, int level, long parentOffset, long parent) {
        return reader.load(parentOffset, level + 1) == parent;
    }

    @Override
    public void end() {
        while (holding > 0) {
            holding--;
            counts.drop(held[holding]);
        }
    }

    @Override
    public boolean wroteFreedTable() {
        return wroteFreedTable;
    }
}
