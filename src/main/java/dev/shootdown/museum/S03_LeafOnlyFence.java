package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.SbiRfence;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.tlb.Svinval;

/**
 * A fence for leaf entries where tables were freed, on riscv until 97cf301fa42e.
 *
 * <p>The hart's walker has cached a non-leaf entry. The freer clears it, and has the hart run {@code sfence.vma} with an address:
 * that covers leaf entries only, and leaves the cached pointer where it is. The table is freed; the hart walks into it from its
 * cache. Neither waiting for the fence nor waiting for RCU helps: the hart was told the wrong thing.
 */
final class S03_LeafOnlyFence {
    private static final String SOURCE = "97cf301fa42e";
    private static final String SPLIT_FENCE = "privileged specification, Svinval";
    private static final Race HARDWARE_WALK = Race.of(HARDWARE).shootdown(SBI_RFENCE);

    private enum Flush implements ShootdownKind {
        /** The architecture's flush of the time. */
        LEAF_ONLY_FENCE {
            @Override
            public Shootdown on(Machine machine) {
                return new LeafOnlyFence(new SbiRfence(machine));
            }
        },
        /** The flush of today by interrupt, each hart fencing in the three parts of Svinval. */
        SVINVAL {
            @Override
            public Shootdown on(Machine machine) {
                return new SmodeIpi(machine, Svinval::invalidate);
            }
        },
        /** The same, with addresses. */
        LEAF_ONLY_SVINVAL {
            @Override
            public Shootdown on(Machine machine) {
                return new LeafOnlyFence(SVINVAL.on(machine));
            }
        }
    }

    /** Tells harts of a range, and not that tables were among what was unhooked. */
    private record LeafOnlyFence(Shootdown dispatcher) implements Shootdown {
        @Override
        public RfenceRoute route() {
            return dispatcher.route();
        }

        @Override
        @Mirrors("tlb_flush (before 97cf301fa42e)")
        public void fence(Hart sender, long targets, FlushRange range) {
            FlushRange leaves = new FlushRange(range.sfence().asid());
            leaves.widen(range.start(), range.size(), range.stride());
            dispatcher.fence(sender, targets, leaves);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            3,
            "leaf-only fence",
            SOURCE,
            Actor.cast("the page-table walker of a hart", "a thread that unmaps, and fences leaf entries only"),
            Exhibit.broken(
                    HARDWARE_WALK
                            .shootdown(Flush.LEAF_ONLY_FENCE)
                            .freeing(REMOVE_PAGE)
                            .expecting(
                                    Expectation.unsafe("sfence.vma with an address spares non-leaf entries", SOURCE)),
                    "the fence names addresses, although tables were unhooked",
                    walker("translation step 2"),
                    freer("pmd_clear"),
                    freer("tlb_flush (before 97cf301fa42e)"),
                    freer("tlb_batch_pages_flush"),
                    walker("translation step 2")),
            Exhibit.fixed(HARDWARE_WALK.freeing(REMOVE_PAGE), "a flush after which tables are freed covers everything"),
            Exhibit.nextBest(
                    HARDWARE_WALK
                            .shootdown(Flush.LEAF_ONLY_FENCE)
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.unsafe("no grace period empties a page-walk cache", SOURCE)),
                    "the same fence, and RCU: the cached pointer outlives the grace period"),
            Exhibit.nextBest(
                    HARDWARE_WALK
                            .shootdown(Flush.SVINVAL)
                            .freeing(REMOVE_PAGE)
                            .expecting(Expectation.safe(
                                    "sinval.vma without an address covers non-leaf entries, as sfence.vma does",
                                    SPLIT_FENCE)),
                    "the whole fence in three parts, as Svinval has it"),
            Exhibit.nextBest(
                    HARDWARE_WALK
                            .shootdown(Flush.LEAF_ONLY_SVINVAL)
                            .freeing(REMOVE_PAGE)
                            .expecting(Expectation.unsafe(
                                    "sinval.vma with an address spares non-leaf entries, as sfence.vma does",
                                    SPLIT_FENCE)),
                    "the fence in three parts, with addresses: it is no better than a single sfence.vma"),
            Exhibit.nextBest(
                    Race.of(FAST_GUP)
                            .shootdown(Flush.LEAF_ONLY_FENCE)
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe(
                                    "software walkers cache nothing from one walk to the next", SOURCE)),
                    "the same before a software walker, whom no fence concerns: why it went unseen"));

    private S03_LeafOnlyFence() {}
}
