package dev.shootdown.walk;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.rcu.RcuReadLock;

/**
 * The descent of {@link FastGup} under {@code rcu_read_lock} alone, interrupts on: what {@code pte_offset_map} and its users
 * do.
 *
 * <p>Safe only if whoever frees a table waits for a grace period. An interrupt, waited for or not, runs in the middle of
 * it. Confined to its hart's thread.
 */
public final class RcuWalk {
    private final Hart hart;
    private final Rcu rcu;
    private final TableDescent descent;

    /**
     * A walker of {@code tables} on {@code hart}, which {@code probe} stands beside.
     *
     * @param hart the one whose thread walks
     * @param rcu of the hart's machine
     * @param tables of the address space to walk
     * @param probe told of each step, for timing and statistics
     */
    public RcuWalk(Hart hart, Rcu rcu, PageTables tables, WalkProbe probe) {
        this(hart, rcu, tables, Recheck.PMD_AND_PTE, probe);
    }

    /**
     * A walker that may leave out a re-check.
     *
     * @param hart the one whose thread walks
     * @param rcu of the hart's machine
     * @param tables of the address space to walk
     * @param recheck what is loaded again once the page is pinned
     * @param probe told of each step, for timing and statistics
     */
    public RcuWalk(Hart hart, Rcu rcu, PageTables tables, Recheck recheck, WalkProbe probe) {
        this.hart = hart;
        this.rcu = rcu;
        this.descent = new TableDescent(tables, PinFlags.FOLL_GET, recheck, probe);
    }

    /**
     * Pins the page at {@code virtualAddress}; it stays pinned until {@link #unpin}.
     *
     * @param virtualAddress any address of the page, canonical
     * @return how the walk ended
     * @throws IllegalArgumentException if the address is not canonical
     */
    @Mirrors("pte_offset_map")
    public WalkOutcome pin(long virtualAddress) {
        try (RcuReadLock section = rcu.readLock(hart)) {
            section.requireHeld();
            return descent.pin(virtualAddress);
        }
    }

    /** Drops the reference that the last walk took, if it took one. */
    public void unpin() {
        descent.unpin();
    }

    /** {@return what the last walk went through} */
    public TableDescent descent() {
        return descent;
    }
}
