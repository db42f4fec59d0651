package dev.shootdown.walk;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.MmapLock;
import dev.shootdown.pagetable.PageTables;

/**
 * Dumps the kernel's tables for a reader in debugfs: one path of {@code ptdump_walk_pgd}.
 *
 * <p>It holds the {@code mmap_lock} of {@code init_mm} for writing, interrupts on and in no RCU reader. That keeps away who takes
 * the lock, and nobody else: neither an interrupt nor a grace period waits for it. Confined to its hart's thread.
 */
public final class PtdumpWalk {
    private final Hart hart;
    private final MmapLock lock;
    private final TableLookup lookup;

    /**
     * A dumper of {@code tables} on {@code hart}, which {@code probe} stands beside.
     *
     * @param hart the one whose thread walks
     * @param tables of the address space to walk
     * @param probe told of each step, for timing and statistics
     */
    public PtdumpWalk(Hart hart, PageTables tables, WalkProbe probe) {
        this.hart = hart;
        this.lock = new MmapLock(hart.machine());
        this.lookup = new TableLookup(tables, probe);
    }

    /**
     * Reads the entries on the way to {@code virtualAddress}.
     *
     * @param virtualAddress any address of the page, canonical
     * @return how the walk ended; it pins nothing
     * @throws IllegalArgumentException if the address is not canonical
     */
    @Mirrors("ptdump_walk_pgd")
    public WalkOutcome dump(long virtualAddress) {
        lock.lockWrite(hart);
        try {
            return lookup.find(virtualAddress);
        } finally {
            lock.unlockWrite();
        }
    }
}
