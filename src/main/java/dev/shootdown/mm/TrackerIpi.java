package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Flushes, interrupts those harts that say they are in a lockless walk, waits, and frees: a proposal of 2026 that was never
 * merged. All depends on the barrier between the unhook and the look at the flags: it must be a full one, because a store
 * followed by a load is what a store buffer turns around.
 */
public final class TrackerIpi implements TableFreeing {
    private final TrackerBarrier barrier;

    /** What stands between the unhook and the look at the flags, besides what the flush may bring along. */
    public enum TrackerBarrier {
        /** {@code smp_mb}. */
        FULL,
        /** {@code smp_rmb}: orders loads among each other, and no store before them. A mistake. */
        READ
    }

    /**
     * A strategy with that barrier.
     *
     * @param barrier what stands between the unhook and the look at the flags
     */
    public TrackerIpi(TrackerBarrier barrier) {
        this.barrier = barrier;
    }

    @Override
    @Mirrors("tlb_remove_table_sync_walkers")
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        if (barrier == TrackerBarrier.FULL) {
            gather.fullBarrier();
        }
        gather.interruptWalkingHarts();
        gather.freeNow(table);
    }
}
