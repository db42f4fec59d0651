package dev.shootdown.museum;

import static dev.shootdown.mm.AddressSpace.PublishOrder.PUBLISH_THEN_ZERO;
import static dev.shootdown.mm.AddressSpace.PublishOrder.ZERO_THEN_PLAIN;
import static dev.shootdown.mm.AddressSpace.PublishOrder.ZERO_THEN_RELEASE;
import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Mutators.POPULATE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.WalkProbe;
import dev.shootdown.walk.WalkTrace;

/**
 * A table became visible before its contents: what the write barrier in {@code pmd_install} is there for.
 *
 * <p>A fault zeroes a new table and sets the pmd that leads to it. Without a write barrier in between, another hart may see the
 * pmd first. A walker follows it and reads what the page held before, as entries. Nothing is freed here, and no flush or grace
 * period is of any help. A walker needs no barrier: its second load depends on the first.
 */
final class S18_PublishedBeforeItsContents {
    private static Race populate(WalkerKind walker, PublishOrder order) {
        return Race.of(walker).against(POPULATE).where(conditions -> conditions.withPublishOrder(order));
    }

    /** The barrier on the wrong side. */
    private enum Fencing implements WalkerKind {
        /** Fast GUP with a full barrier before each load of an entry. */
        FENCING_GUP;

        @Override
        public Walker on(RaceSite site) {
            return new BareGup(site, fencing(site));
        }

        private static WalkProbe fencing(RaceSite site) {
            return new WalkProbe() {
                @Override
                public void nextStep(int step) {
                    // Full barrier, and of no use: the freer has none between its stores that it could pair with.
                    site.machine().words().fullFence();
                    site.observer().nextStep(step);
                }

                @Override
                public void sectionEnds(WalkTrace walk) {
                    site.observer().sectionEnds(walk);
                }
            };
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            18,
            "a table is published before its contents",
            "pmd_install",
            Actor.cast("a thread in fast GUP", "a thread that faults, and hooks a new table"),
            Exhibit.broken(
                            populate(FAST_GUP, ZERO_THEN_PLAIN),
                            "the table is zeroed and hooked without a write barrier",
                            freer("pagetable_alloc"),
                            freer("set_pmd"),
                            walker("gup_fast_pgd_range").at("pte"))
                    .onWeakerHosts("stores of one hart that another sees out of order; x86 keeps them in order"),
            Exhibit.broken(
                    populate(FAST_GUP, PUBLISH_THEN_ZERO),
                    "the table is hooked, and then zeroed",
                    freer("pagetable_alloc"),
                    freer("pmd_install"),
                    walker("gup_fast_pgd_range").at("pte")),
            Exhibit.fixed(populate(FAST_GUP, ZERO_THEN_RELEASE), "zeroed, write barrier, hooked"),
            Exhibit.nextBest(
                    populate(Fencing.FENCING_GUP, ZERO_THEN_PLAIN)
                            .expecting(new Expectation(
                                    FailsFrom.WEAK,
                                    "a barrier of who loads does not order another hart's stores",
                                    "pmd_install")),
                    "a barrier in the walker, instead of the one in the fault"),
            Exhibit.nextBest(populate(HARDWARE, ZERO_THEN_PLAIN), "without the barrier, before the walker in hardware"),
            Exhibit.nextBest(populate(HARDWARE, ZERO_THEN_RELEASE), "the barrier does for the walker in hardware too"));

    private S18_PublishedBeforeItsContents() {}
}
