package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.third;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.ThirdActor.OWN;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.mm.UnshareHugePmd;
import dev.shootdown.mm.UnshareHugePmd.Wait;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.WalkOutcome;

/**
 * A pmd table that two processes share becomes the property of one, and GUP is still in it: CVE-2025-38085, until 1013af4f585f.
 *
 * <p>Two processes map a huge page of a file by one pmd table. GUP, in the first, reads the pud that leads there. The first
 * process unmaps the page: it clears its pud and takes itself off the table's share count; the flush interrupts nobody. The
 * table is the second process's alone now, an ordinary one; that process unmaps the page too, and maps something else by the
 * table. GUP reads the pmd: it walks the tables of another process, and may pin a page of it. The table was never freed, so
 * that nothing which guards frees had a say.
 */
final class S09_UnshareHugePmd {
    private static final String SOURCE = "1013af4f585f";

    /** The first process's unmapping, with the second process as a third actor. */
    private enum Unshare implements UnsharingKind {
        /** As it was. */
        UNSHARE_HUGE_PMD(Wait.NOBODY),
        /** With a broadcast before the share count goes down. */
        UNSHARE_HUGE_PMD_SYNC(Wait.SYNC_ONE),
        /** With a grace period before the share count goes down. */
        UNSHARE_HUGE_PMD_GRACE_PERIOD(Wait.GRACE_PERIOD);

        private final Wait wait;

        Unshare(Wait wait) {
            this.wait = wait;
        }

        @Override
        public void prepare(RaceSite site) {
            SecondProcess.prepare(site);
            SecondProcess.mapAndShare(site, site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            UnshareHugePmd first = new UnshareHugePmd(site.mm(), site.gather(), wait);
            return () -> first.unshare(site.address());
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.PINNED_FOREIGN_PAGE;
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            9,
            "hugetlb pmd table unshared",
            "1013af4f585f, CVE-2025-38085",
            Actor.cast(
                    "a thread of one process in fast GUP",
                    "another thread of that process, which unshares the pmd table",
                    "the process that has the table for itself then"),
            Exhibit.broken(
                    race(FAST_GUP, Unshare.UNSHARE_HUGE_PMD)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.unsafe(
                                    "nobody waited for who had read the pud before the table changed hands", SOURCE)),
                    "the share count goes down as soon as the pud is clear",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pgd"),
                    freer("pud_clear"),
                    freer("ptdesc_pmd_pts_dec"),
                    third("unmap_hugepage_range, mmap_region"),
                    third("pmd_install"),
                    walker("gup_fast_pgd_range").at("pmd")),
            Exhibit.fixed(
                    race(FAST_GUP, Unshare.UNSHARE_HUGE_PMD_SYNC)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.safe("the broadcast waits for who had read the pud", SOURCE)),
                    "everybody is interrupted before the share count goes down"),
            Exhibit.nextBest(
                    race(FAST_GUP, Unshare.UNSHARE_HUGE_PMD)
                            .shootdown(S_MODE_IPI)
                            .expecting(Expectation.safe(
                                    "the flush is an interrupt that is waited for, under the semaphore", SOURCE)),
                    "no change where flushes are interrupts: the flush comes before the semaphore is given back"),
            Exhibit.nextBest(
                    race(FAST_GUP, Unshare.UNSHARE_HUGE_PMD_GRACE_PERIOD)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.safe("interrupts off hold off a grace period", SOURCE)),
                    "a grace period instead of the broadcast, under the semaphore"),
            Exhibit.nextBest(
                    race(RCU_WALK, Unshare.UNSHARE_HUGE_PMD_SYNC)
                            .shootdown(SBI_RFENCE)
                            .expecting(Expectation.unsafe("an interrupt ends no RCU reader", SOURCE)),
                    "the broadcast, before a walker that has interrupts on"));

    private S09_UnshareHugePmd() {}

    private static Race race(WalkerKind walker, MutatorKind mutator) {
        return Race.of(walker).against(mutator).where(conditions -> conditions.withThirdActor(OWN));
    }
}
