package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.third;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S10_UnshareInBatches.Flush.FREED_TABLES_ONLY;
import static dev.shootdown.museum.S10_UnshareInBatches.Unmapping.UNSHARE_BATCH;
import static dev.shootdown.museum.S10_UnshareInBatches.Unmapping.UNSHARE_BATCH_LATE;
import static dev.shootdown.museum.S10_UnshareInBatches.Unmapping.UNSHARE_TWO_IN_A_BATCH;
import static dev.shootdown.museum.S10_UnshareInBatches.Unmapping.UNSHARE_TWO_ONE_BY_ONE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.ThirdActor.OWN;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.mm.UnshareBatch;
import dev.shootdown.mm.UnshareBatch.Broadcasts;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.SbiRfence;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.walk.WalkOutcome;
import java.util.List;

/**
 * What came after {@link S09_UnshareHugePmd}: its fix sent an interrupt for each table, which a fork or exit with many of them
 * felt; so 8ce720d5bd91 unshares in batches, with one flush and one interrupt; and the flush of arm64 did not know of the new
 * kind of table until c2ff4764e03e.
 *
 * <p>The hart's walker has cached the pud. The first process clears it, takes itself off the table's share count, and flushes once
 * for the batch. No table was freed, and arm64 looked at nothing else: so it invalidated leaf entries, and the cached pud
 * stayed. The semaphore is given back; the table is the second process's own, which maps something else by it. The hardware
 * walks on from the cached pud, into the tables of another process. If it did so a moment earlier, it has cached the huge page
 * anew, after the flush, and keeps it when the second process has it freed. (Fences travel by SBI here, as in scenario 9; what
 * counts is the question that the flush asks.)
 */
final class S10_UnshareInBatches {
    private static final String BATCHES = "8ce720d5bd91";
    private static final String ARM64 = "c2ff4764e03e";

    /** The first process's unmapping, of one or two tables that it shares; the second process is a third actor. */
    enum Unmapping implements UnsharingKind {
        /** One table, and an interrupt under the semaphore. */
        UNSHARE_BATCH(1, Broadcasts.ONCE),
        /** One table, and an interrupt after the semaphore. */
        UNSHARE_BATCH_LATE(1, Broadcasts.AFTER_THE_SEMAPHORE) {
            @Override
            public WalkOutcome failure(RaceConditions conditions) {
                return WalkOutcome.PINNED_FOREIGN_PAGE;
            }
        },
        /** Two tables, and an interrupt. */
        UNSHARE_TWO_IN_A_BATCH(2, Broadcasts.ONCE),
        /** Two tables, and an interrupt for each. */
        UNSHARE_TWO_ONE_BY_ONE(2, Broadcasts.EACH_TABLE);

        private final int tables;
        private final Broadcasts broadcasts;

        Unmapping(int tables, Broadcasts broadcasts) {
            this.tables = tables;
            this.broadcasts = broadcasts;
        }

        @Override
        public void prepare(RaceSite site) {
            SecondProcess.prepare(site);
            long span = VirtualAddress.tableSpan(1, site.tables().shape());
            for (int number = 0; number < tables; number++) {
                SecondProcess.mapAndShare(site, site.address() + number * span);
            }
        }

        @Override
        public Mutator on(RaceSite site) {
            UnshareBatch first = new UnshareBatch(site.mm(), site.gather(), broadcasts);
            return () -> first.unshare(site.address(), tables);
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.USED_STALE_TRANSLATION;
        }
    }

    /** The flush of arm64 before c2ff4764e03e. */
    enum Flush implements ShootdownKind {
        /** Spares pointers unless tables were freed. */
        FREED_TABLES_ONLY;

        @Override
        public Shootdown on(Machine machine) {
            return new FreedTablesOnly(new SbiRfence(machine));
        }
    }

    private record FreedTablesOnly(SbiRfence firmware) implements Shootdown {
        @Override
        public RfenceRoute route() {
            return firmware.route();
        }

        @Override
        @Mirrors("tlb_flush (before c2ff4764e03e)")
        public void fence(Hart sender, long targets, FlushRange range) {
            FlushRange seen = new FlushRange(range.sfence().asid());
            if (range.freedTables()) {
                seen.widenByTable(range.start(), range.size(), range.stride());
            } else {
                seen.widen(range.start(), range.size(), range.stride());
            }
            firmware.fence(sender, targets, seen);
        }
    }

    /** Wants the walker's hart to have been interrupted once at most. */
    private record OneInterrupt() implements RaceCheck {
        @Override
        public String name() {
            return "INTERRUPTED_AGAIN_AND_AGAIN";
        }

        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            Hart hart = site.walkerHart();
            return hart.interrupts(InterruptDelivery.SELF) + hart.interrupts(InterruptDelivery.BY_PROXY) <= 1;
        }
    }

    private static Race race(WalkerKind walker, Unmapping unmapping) {
        return Race.of(walker).against(unmapping).where(conditions -> conditions.withThirdActor(OWN));
    }

    private static Race gup(Unmapping unmapping, ShootdownKind flush) {
        return race(FAST_GUP, unmapping).shootdown(flush);
    }

    private static Race hardware(ShootdownKind flush) {
        return race(HARDWARE, UNSHARE_BATCH).shootdown(flush);
    }

    private static Race counted(Unmapping unmapping) {
        return gup(unmapping, SBI_RFENCE).checking(new OneInterrupt());
    }

    static final Scenario SCENARIO = Scenario.of(
            10,
            "pmd tables unshared in batches",
            "8ce720d5bd91, c2ff4764e03e",
            Actor.cast(
                    "the page-table walker of a hart that runs one process, or fast GUP there",
                    "a thread of that process, which unshares pmd tables",
                    "the process that has a table for itself then"),
            Exhibit.broken(
                    hardware(FREED_TABLES_ONLY)
                            .expecting(Expectation.unsafe("the cached pud outlives a leaf-only flush", ARM64)),
                    "the flush spares pointers, as no table was freed",
                    walker("translation step 2"),
                    freer("down_write"),
                    freer("pud_clear"),
                    freer("ptdesc_pmd_pts_dec"),
                    freer("tlb_flush (before c2ff4764e03e)"),
                    freer("up_write"),
                    third("down_write"),
                    third("mmap_region"),
                    third("pmd_install"),
                    walker("translation step 2")),
            Exhibit.broken(
                    counted(UNSHARE_TWO_ONE_BY_ONE)
                            .expecting(Expectation.unsafe("every table is an interrupt to every hart", BATCHES)),
                    "an interrupt for each table: safe, and more than a fork can bear",
                    freer("pud_clear"),
                    freer("tlb_remove_table_sync_one"),
                    freer("ptdesc_pmd_pts_dec"),
                    freer("pud_clear"),
                    freer("tlb_remove_table_sync_one"),
                    freer("ptdesc_pmd_pts_dec")),
            Exhibit.fixed(
                    hardware(SBI_RFENCE)
                            .expecting(Expectation.safe("a flush of unshared tables covers pointers too", ARM64)),
                    "the flush covers pointers if tables were unshared"),
            Exhibit.fixed(
                    counted(UNSHARE_TWO_IN_A_BATCH)
                            .expecting(Expectation.safe("one interrupt serves all tables of the batch", BATCHES)),
                    "one interrupt, before the semaphore is given back"),
            Exhibit.fixed(
                    gup(UNSHARE_BATCH, SBI_RFENCE)
                            .expecting(Expectation.safe(
                                    "the interrupt waits for the walk before anybody may use the table", BATCHES)),
                    "and GUP is waited for as before"),
            Exhibit.nextBest(
                    gup(UNSHARE_BATCH_LATE, SBI_RFENCE)
                            .expecting(Expectation.unsafe(
                                    "the table is used before the interrupt has waited for the walk", BATCHES)),
                    "one interrupt, after the semaphore was given back"),
            Exhibit.nextBest(
                    gup(UNSHARE_BATCH, FREED_TABLES_ONLY)
                            .expecting(Expectation.safe("software caches no pointer from one walk to the next", ARM64)),
                    "arm64's flush before a software walker, whom it does not concern"));

    private S10_UnshareInBatches() {}
}
