package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.Collapse;
import dev.shootdown.mm.Collapse.Sync;
import dev.shootdown.mm.DepositedTable;
import dev.shootdown.mm.PteRelease;
import dev.shootdown.mm.SplitHugePmd;
import dev.shootdown.mm.ZapHugePmd;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.Recheck;
import dev.shootdown.walk.WalkOutcome;

/**
 * The table of a collapse comes back, and GUP is still in it: until 2ba99c5e0881.
 *
 * <p>GUP reads the pmd. The collapse clears it, flushes without interrupting anybody, and deposits the table under the new huge
 * page. That page is unmapped, and {@code zap_huge_pmd} frees the table at once: it is linked from nowhere. GUP reads a pte from
 * it. Loading the pmd again afterwards tells GUP not to trust what it read, and does not keep the table alive while it reads.
 * The fix interrupts everybody after the collapse's flush, so that no walker is left in a table that is deposited.
 */
final class S07_TableFreedUnderGup {
    private static final String SOURCE = "2ba99c5e0881";
    private static final int HUGE_FRAMES = 16;

    /** A collapse, and an unmapping of the huge page. */
    private enum CollapseAndZap implements MutatorKind {
        /** As it was. */
        COLLAPSE_ZAP(Sync.NOBODY, PteRelease.PTE_FREE),
        /** With the broadcast after the collapse's flush. */
        COLLAPSE_SYNC_ZAP(Sync.SYNC_ONE, PteRelease.PTE_FREE),
        /** With the broadcast where the table is freed. */
        COLLAPSE_ZAP_SYNC(Sync.NOBODY, PteRelease.SYNC_ONE_AND_PTE_FREE),
        /** With a grace period where the table is freed. */
        COLLAPSE_ZAP_DEFER(Sync.NOBODY, PteRelease.PTE_FREE_DEFER);

        private final Sync sync;
        private final PteRelease release;

        CollapseAndZap(Sync sync, PteRelease release) {
            this.sync = sync;
            this.release = release;
        }

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return DepositedTable.addRegion(spec.withFrames(spec.frames() + HUGE_FRAMES));
        }

        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            DepositedTable deposit = new DepositedTable(site.machine());
            Collapse collapse = new Collapse(site.mm(), site.gather(), sync);
            ZapHugePmd zap = new ZapHugePmd(site.mm(), site.gather(), deposit, release);
            return () -> {
                collapse.collapse(site.address(), deposit);
                zap.zap(site.address());
            };
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.READ_FREED_TABLE;
        }
    }

    /** A collapse, and a split of the huge page, for which the deposited table is used again where it was. */
    private enum CollapseAndSplit implements MutatorKind {
        /** As it was. */
        COLLAPSE_SPLIT(Sync.NOBODY),
        /** With the broadcast after the collapse's flush. */
        COLLAPSE_SYNC_SPLIT(Sync.SYNC_ONE);

        private final Sync sync;

        CollapseAndSplit(Sync sync) {
            this.sync = sync;
        }

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return CollapseAndZap.COLLAPSE_ZAP.prepare(spec);
        }

        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            DepositedTable deposit = new DepositedTable(site.machine());
            Collapse collapse = new Collapse(site.mm(), site.gather(), sync);
            SplitHugePmd split = new SplitHugePmd(site.mm(), site.gather(), deposit);
            return () -> {
                collapse.collapse(site.address(), deposit);
                split.split(site.address());
            };
        }

        @Override
        public long victimFrame(RaceSite site) {
            return Mutators.COLLAPSE.victimFrame(site);
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return Mutators.COLLAPSE.failure(conditions);
        }

        @Override
        public int weakestStep(RaceConditions conditions) {
            return Mutators.COLLAPSE.weakestStep(conditions);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            7,
            "table freed under fast GUP by a collapse",
            SOURCE,
            Actor.cast("a thread in fast GUP", "khugepaged, which collapses, and then who unmaps the huge page"),
            Exhibit.broken(
                    gup(CollapseAndZap.COLLAPSE_ZAP)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.unsafe("nobody waited for who had read the pmd", SOURCE)),
                    "the walker loads pmd and pte again; nobody waits for it",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("pmdp_collapse_flush"),
                    freer("pgtable_trans_huge_deposit"),
                    freer("pgtable_trans_huge_withdraw"),
                    freer("pte_free"),
                    walker("gup_fast_pte_range").at("pte")),
            Exhibit.fixed(
                    gup(CollapseAndZap.COLLAPSE_SYNC_ZAP)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.safe("the broadcast waits for who had read the pmd", SOURCE)),
                    "everybody is interrupted after the collapse's flush"),
            Exhibit.nextBest(
                    gup(CollapseAndZap.COLLAPSE_ZAP_SYNC)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.safe("the broadcast comes before the free", SOURCE)),
                    "the broadcast where the table is freed, and not where it is taken away"),
            Exhibit.nextBest(
                    gup(CollapseAndZap.COLLAPSE_ZAP_DEFER)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.safe("interrupts off hold off a grace period", SOURCE)),
                    "a grace period where the table is freed"),
            Exhibit.nextBest(
                    gup(CollapseAndZap.COLLAPSE_ZAP)
                            .shootdown(S_MODE_IPI)
                            .expecting(Expectation.safe(
                                    "the collapse's flush is an interrupt that is waited for", SOURCE)),
                    "no change where flushes are interrupts"),
            Exhibit.nextBest(
                    Race.of(RCU_WALK)
                            .against(CollapseAndZap.COLLAPSE_SYNC_ZAP)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.unsafe("an interrupt ends no RCU reader", SOURCE)),
                    "the broadcast, before a walker that has interrupts on"),
            Exhibit.nextBest(
                    reused(CollapseAndSplit.COLLAPSE_SPLIT, Recheck.PMD_AND_PTE)
                            .expecting(Expectation.safe("who finds the same pmd finds another pte", SOURCE)),
                    "the table is not freed but used again where it was: two looks are enough for that, without the broadcast"),
            Exhibit.nextBest(
                    reused(CollapseAndSplit.COLLAPSE_SPLIT, Recheck.PMD_ONLY)
                            .expecting(Expectation.unsafe("the pmd leads to the same table again", SOURCE)),
                    "the same with a second look at the pmd alone: it is as it was, and the pte is not"),
            Exhibit.nextBest(
                    reused(CollapseAndSplit.COLLAPSE_SYNC_SPLIT, Recheck.PMD_ONLY)
                            .expecting(Expectation.safe("the broadcast waits for who had read the pmd", SOURCE)),
                    "the same with the broadcast"));

    private S07_TableFreedUnderGup() {}

    private static Race reused(MutatorKind mutator, Recheck recheck) {
        return gup(mutator)
                .shootdown(SBI_RFENCE)
                .where(conditions ->
                        conditions.withFreedFrames(FreedFrames.RECYCLED_AS_DATA).withRecheck(recheck));
    }

    private static Race gup(MutatorKind mutator) {
        return Race.of(FAST_GUP).against(mutator);
    }
}
