package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TRACKER_FULL_BARRIER;
import static dev.shootdown.race.Freeings.TRACKER_READ_BARRIER;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;

/**
 * A tracker of lockless walkers, so that only those are interrupted that walk, with the wrong barrier: proposed in 2026, never
 * merged.
 *
 * <p>The freer clears the pmd, which stays in its store buffer. A read barrier does not drain that. It reads the walker's flag,
 * which is down, and so sends no interrupt. Now the walker sets its flag, with a full barrier, and loads the pmd: the old one, for
 * the new one is not in memory yet. The freer frees the table, and the walker goes on into it. Each has looked before it saw
 * the other's store: store buffering, which only a full barrier on <em>both</em> sides forbids.
 *
 * <p>Where loads may return what memory held before, the walker can even come when all is over: nothing orders it after the freer,
 * so it may load the old pmd, and nothing is in flight any more. That is how the failure is told under WEAK.
 *
 * <p>It takes a flush of plain stores to see it. Any flush that has a read-modify-write in it drains the buffer by the way.
 */
final class S15_TrackerWithReadBarrier {
    private static final Race GUP = Race.of(FAST_GUP).shootdown(BROADCAST_UNSYNCED);

    static final Scenario SCENARIO = Scenario.of(
            15,
            "a tracker with the wrong barrier",
            "proposed in 2026, never merged",
            Actor.cast("a thread in fast GUP, which sets a flag first", "a thread that unmaps, and looks at the flags"),
            Exhibit.broken(
                            GUP.freeing(TRACKER_READ_BARRIER),
                            "the freer has a read barrier between unhook and look",
                            freer("pmd_clear"),
                            freer("read flags"),
                            walker("set flag"),
                            walker("gup_fast_pgd_range").at("pmd"),
                            freer("__tlb_remove_table"),
                            walker("gup_fast_pgd_range").at("pte"))
                    .toldUnder(
                            MemoryModel.WEAK,
                            freer("pmd_clear"),
                            freer("read flags"),
                            freer("__tlb_remove_table"),
                            walker("set flag"),
                            walker("gup_fast_pgd_range").at("pmd"),
                            walker("gup_fast_pgd_range").at("pte")),
            Exhibit.fixed(GUP.freeing(TRACKER_FULL_BARRIER), "a full barrier on both sides"),
            Exhibit.nextBest(
                    Race.of(FAST_GUP).shootdown(HARDWARE_BROADCAST).freeing(TRACKER_READ_BARRIER),
                    "the read barrier, after a flush that happens to drain the store buffer"),
            Exhibit.nextBest(
                    Race.of(RCU_WALK).shootdown(BROADCAST_UNSYNCED).freeing(TRACKER_FULL_BARRIER),
                    "the full barrier, for a walker that keeps interrupts on: the interrupt runs inside it"),
            Exhibit.nextBest(GUP.freeing(REMOVE_TABLE), "no tracker: free by RCU"));

    private S15_TrackerWithReadBarrier() {}
}
