package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.FreedFrames.RECYCLED_AS_DATA;
import static dev.shootdown.race.Mutators.COLLAPSE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.walk.Recheck.PMD_AND_PTE;
import static dev.shootdown.walk.Recheck.PTE_ONLY;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.Collapse;
import dev.shootdown.mm.Collapse.Sync;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.Recheck;
import dev.shootdown.walk.WalkOutcome;

/**
 * A collapse into a huge page under fast GUP, until 70cbc3cc78a9.
 *
 * <p>GUP reads the pmd. The collapse clears it and flushes, by a route that interrupts nobody; copies the small pages into a
 * huge one, and gives them up. The ptes are as they were. GUP reads one, pins the old page, loads the pte again, finds it
 * unchanged, and is content with a page that is somebody else's by now. Since the fix it loads the pmd again, too.
 */
final class S06_CollapseUnderGup {
    /** A collapse that interrupts everybody after its flush. */
    private enum Broadcast implements MutatorKind {
        COLLAPSE_SYNC;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return COLLAPSE.prepare(spec);
        }

        @Override
        public void prepare(RaceSite site) {
            COLLAPSE.prepare(site);
        }

        @Override
        public Mutator on(RaceSite site) {
            Collapse collapse = new Collapse(site.mm(), site.gather(), Sync.SYNC_ONE);
            return () -> collapse.collapse(site.address());
        }

        @Override
        public long victimFrame(RaceSite site) {
            return COLLAPSE.victimFrame(site);
        }

        @Override
        public int weakestStep(RaceConditions conditions) {
            return COLLAPSE.weakestStep(conditions);
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return COLLAPSE.failure(conditions);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            6,
            "collapse under fast GUP",
            "70cbc3cc78a9",
            Actor.cast("a thread in fast GUP", "khugepaged, which collapses the pte table"),
            Exhibit.broken(
                    gup(PTE_ONLY).shootdown(SBI_RFENCE),
                    "the walker loads the pte again, and not the pmd",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("pmdp_collapse_flush"),
                    freer("__collapse_huge_page_copy"),
                    walker("gup_fast_pte_range").at("pte")),
            Exhibit.fixed(gup(PMD_AND_PTE).shootdown(SBI_RFENCE), "the walker loads pmd and pte again"),
            Exhibit.nextBest(
                    gup(PTE_ONLY).shootdown(S_MODE_IPI),
                    "no second look at the pmd, but a flush by interrupt, which waits for the walker"),
            Exhibit.nextBest(
                    gup(PTE_ONLY)
                            .against(Broadcast.COLLAPSE_SYNC)
                            .shootdown(SBI_RFENCE)
                            .expecting(
                                    Expectation.safe("the broadcast waits for who had read the pmd", "2ba99c5e0881")),
                    "no second look at the pmd, but the broadcast that came later: it alone would have done for both"));

    private S06_CollapseUnderGup() {}

    private static Race gup(Recheck recheck) {
        return Race.of(FAST_GUP)
                .against(COLLAPSE)
                .where(conditions ->
                        conditions.withFreedFrames(RECYCLED_AS_DATA).withRecheck(recheck));
    }
}
