package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.race.Race;

/**
 * On x86 with INVLPGB a flush sends no interrupt any more, and with that goes what fast GUP counted on.
 *
 * <p>The walker has interrupts off and has loaded the pmd. The freer clears it, and the hardware carries the invalidation to every
 * hart; the completion barrier waits until all have invalidated, and for nothing else. The table is freed, and the walker goes on
 * into it. So a37259732a7d and 718b13861d22 made freeing by RCU unconditional on x86 before broadcasts came into use: it had
 * been chosen for guests only, whose hosts flush without interrupts too.
 */
final class S14_BroadcastWithoutInterrupt {
    private static final Race GUP = Race.of(FAST_GUP).shootdown(HARDWARE_BROADCAST);

    static final Scenario SCENARIO = Scenario.of(
            14,
            "invalidation by broadcast sends no interrupt",
            "a37259732a7d, 718b13861d22",
            Actor.cast("a thread in fast GUP", "a thread that unmaps, and invalidates by broadcast"),
            Exhibit.broken(
                    GUP.freeing(REMOVE_PAGE),
                    "tables are freed after the broadcast, as if it had been an interrupt",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("pmd_clear"),
                    freer("invlpgb_flush_user_nr_nosync"),
                    freer("tlb_batch_pages_flush"),
                    walker("gup_fast_pte_range").at("pte")),
            Exhibit.fixed(GUP.freeing(REMOVE_TABLE), "tables are freed after a grace period"),
            Exhibit.nextBest(
                    GUP.freeing(TABLE_ONE_SYNC_IPI),
                    "an interrupt to every hart before each free: what the broadcast had saved"),
            Exhibit.nextBest(GUP.freeing(TABLE_ONE_SYNC_RCU), "a grace period for each table"),
            Exhibit.nextBest(GUP.freeing(TABLE_ONE_UNSYNCHRONISED), "a broadcast for each table, and no more"),
            Exhibit.nextBest(
                    Race.of(HARDWARE).shootdown(HARDWARE_BROADCAST).freeing(REMOVE_PAGE),
                    "the completed broadcast is enough for the walker in hardware"),
            Exhibit.nextBest(
                    Race.of(HARDWARE).shootdown(BROADCAST_UNSYNCED).freeing(REMOVE_TABLE),
                    "RCU without the completion barrier: a grace period does not wait for the hardware"));

    private S14_BroadcastWithoutInterrupt() {}
}
