package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S12_ReclaimOfARefilledTable.FaultingThread.FAULTING_THREAD;
import static dev.shootdown.museum.S12_ReclaimOfARefilledTable.Reclaim.RECLAIM_ONE_HOLD;
import static dev.shootdown.museum.S12_ReclaimOfARefilledTable.Reclaim.RECLAIM_RESCAN;
import static dev.shootdown.museum.S12_ReclaimOfARefilledTable.Reclaim.RECLAIM_RESCAN_PMD_LOCK;
import static dev.shootdown.museum.S12_ReclaimOfARefilledTable.Reclaim.RECLAIM_UNCHECKED;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.Fault;
import dev.shootdown.mm.ReclaimEmptyTable;
import dev.shootdown.mm.ReclaimEmptyTable.Emptiness;
import dev.shootdown.mm.ReclaimEmptyTable.Turns;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Position;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.WalkOutcome;

/**
 * PT_RECLAIM freed a table as empty that a fault had filled again: a fix to 6375e95f381e.
 *
 * <p>One thread gives a range of memory up by {@code madvise}. It clears entries under the table's lock, drops the lock for others
 * to have their turn, and takes it again for the rest. In between another thread touches the memory: its fault takes the lock
 * and maps a new page into an entry that was cleared already. The first thread clears the last entry, takes the table for empty,
 * since it cleared every entry, and unhooks and frees it. The new page, and what was written to it, is lost. The fix looks
 * through the table again, unless the lock was held all along.
 */
final class S12_ReclaimOfARefilledTable {
    private static final String SOURCE = "6375e95f381e, and its fixes";

    /** Another thread of the process, which goes on using its memory. */
    enum FaultingThread implements WalkerKind {
        /** Takes a page fault. */
        FAULTING_THREAD;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return PageTableLocks.addRegion(spec);
        }

        @Override
        public Walker on(RaceSite site) {
            Fault fault = new Fault(site.walkerHart(), site.mm());
            LookingWalker thread = address -> switch (fault.handle(address)) {
                case SPURIOUS -> WalkOutcome.FOUND;
                case MAPPED -> WalkOutcome.PAGE_FAULT;
            };
            return thread;
        }
    }

    /** {@code madvise(MADV_DONTNEED)} of a whole pte table: the page goes, and the table if it is empty. */
    enum Reclaim implements MutatorKind {
        /** Takes the table for empty because every entry was cleared once. */
        RECLAIM_UNCHECKED(Turns.AFTER_EACH_PAGE, Emptiness.ALL_ENTRIES_CLEARED),
        /** Looks again, but not under the table's own lock. */
        RECLAIM_RESCAN_PMD_LOCK(Turns.AFTER_EACH_PAGE, Emptiness.RESCANNED_UNDER_PMD_LOCK),
        /** Looks again where the lock was dropped on the way. */
        RECLAIM_RESCAN(Turns.AFTER_EACH_PAGE, Emptiness.RESCANNED_UNDER_BOTH_LOCKS),
        /** Never drops the lock. */
        RECLAIM_ONE_HOLD(Turns.NEVER, Emptiness.ALL_ENTRIES_CLEARED);

        private final Turns turns;
        private final Emptiness emptiness;

        Reclaim(Turns turns, Emptiness emptiness) {
            this.turns = turns;
            this.emptiness = emptiness;
        }

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return PageTableLocks.addRegion(spec);
        }

        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            ReclaimEmptyTable reclaim =
                    new ReclaimEmptyTable(site.mm(), site.gather(), turns, emptiness, site.observer()::rescheduled);
            return () -> reclaim.zap(site.address());
        }

        // Who finds the page mapped has come before it was given up.
        @Override
        public boolean cameBefore(WalkOutcome outcome, Position position) {
            return outcome == WalkOutcome.FOUND;
        }

        @Override
        public boolean isExposed(WalkOutcome outcome, Position position) {
            return outcome == WalkOutcome.PAGE_FAULT;
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.READ_FREED_TABLE;
        }
    }

    /** Over a broadcast, because no verdict here depends on how the flush travels, and it takes the fewest steps. */
    private static Race race(Reclaim reclaim, Expectation expectation) {
        return Race.of(FAULTING_THREAD)
                .against(reclaim)
                .shootdown(HARDWARE_BROADCAST)
                .freeing(REMOVE_TABLE)
                .checking(new FaultedPageLost())
                .expecting(expectation);
    }

    private static Expectation safe(String reason) {
        return Expectation.safe(reason, SOURCE);
    }

    private static Expectation unsafe(String reason) {
        return Expectation.unsafe(reason, SOURCE);
    }

    static final Scenario SCENARIO = Scenario.of(
            12,
            "a table is reclaimed that is not empty",
            SOURCE,
            Actor.cast("a thread that faults", "a thread that gives memory up by madvise"),
            Exhibit.broken(
                    race(RECLAIM_UNCHECKED, unsafe("a fault fills an entry while the lock is dropped")),
                    "a table all of whose entries were cleared is taken for empty",
                    freer("zap_present_ptes"),
                    freer("spin_unlock(ptl)"),
                    walker("do_anonymous_page"),
                    walker("set_pte_at"),
                    walker("spin_unlock(ptl)"),
                    freer("spin_lock(ptl)"),
                    freer("try_get_and_clear_pmd"),
                    freer("tlb_remove_table_rcu")),
            Exhibit.fixed(
                    race(RECLAIM_RESCAN, safe("the table is looked through again, with all faults kept out")),
                    "if the lock was dropped, the table is looked through again under both locks"),
            Exhibit.nextBest(
                    race(RECLAIM_RESCAN_PMD_LOCK, unsafe("the pmd's lock keeps no fault out of the table")),
                    "the table is looked through again, under the pmd's lock only"),
            Exhibit.nextBest(
                    race(RECLAIM_ONE_HOLD, safe("no fault gets in between")),
                    "the lock is held from the first entry to the pmd: nobody else has a turn"));

    private S12_ReclaimOfARefilledTable() {}
}
