package dev.shootdown.walk;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.VirtualAddress;

/**
 * One descent from the root to a leaf entry, which is looked at and left: no reference, and so no re-check.
 *
 * <p>Whoever uses it opens the section, or takes the lock, that is meant to keep the tables alive. Confined to one thread.
 */
final class TableLookup extends EntryReader implements WalkTrace {
    private static final int MAX_LEVELS = 5;
    private static final long NOT_ENTERED = 0;

    private final PageTables tables;
    private final WalkProbe probe;
    private final int rootLevel;
    private final long[] entered = new long[MAX_LEVELS];
    private int lowestEntered = MAX_LEVELS;

    TableLookup(PageTables tables, WalkProbe probe) {
        super(tables);
        this.tables = tables;
        this.probe = probe;
        this.rootLevel = tables.mode().rootLevel();
    }

    /**
     * Looks up {@code virtualAddress}.
     *
     * @throws IllegalArgumentException if the address is not canonical
     */
    WalkOutcome find(long virtualAddress) {
        if (!VirtualAddress.isCanonical(virtualAddress, tables.mode(), tables.shape())) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(virtualAddress) + " is not canonical under " + tables.mode());
        }
        begin();
        long entry = descend(virtualAddress);
        probe.sectionEnds(this);
        boolean found = Pte.isPresent(entry) && Pte.isLeaf(entry);
        return WalkOutcome.ofFinding(this, found ? WalkOutcome.FOUND : WalkOutcome.NOT_PRESENT);
    }

    @Mirrors("walk_pgd_range")
    private long descend(long virtualAddress) {
        long table = rootFrame();
        lowestEntered = rootLevel + 1;
        for (int level = rootLevel; ; level--) {
            long offset = entryOffset(table, level, virtualAddress);
            if (offset == OUTSIDE_MEMORY) {
                return Pte.NONE;
            }
            entered[level] = table;
            lowestEntered = level;
            probe.nextStep(level);
            long entry = load(offset, level);
            if (level == 0 || !Pte.isPointer(entry)) {
                return entry;
            }
            table = Pte.ppn(entry);
        }
    }

    @Override
    public long enteredTable(int level) {
        return level >= lowestEntered && level <= rootLevel ? entered[level] : NOT_ENTERED;
    }
}
