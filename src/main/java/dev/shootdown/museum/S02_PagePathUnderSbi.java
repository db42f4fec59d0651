package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.race.Race;

/**
 * The origin of this project: tables freed after the flush, where the flush goes past S-mode.
 *
 * <p>The walker has interrupts off and has loaded the pmd. The freer clears that pmd and has firmware fence every hart; the
 * walker's hart takes that in M-mode, in the middle of the walk, and the flush is complete. The table is freed. The walker goes
 * on into it. With an S-mode interrupt the flush would have waited for the walk; 69be3fb111e7 frees by RCU where there is
 * none.
 */
final class S02_PagePathUnderSbi {
    private static final Race SBI = Race.of(FAST_GUP).shootdown(SBI_RFENCE);

    static final Scenario SCENARIO = Scenario.of(
            2,
            "the page path under SBI",
            "69be3fb111e7",
            Actor.cast("a thread in fast GUP", "a thread that unmaps, and has firmware fence"),
            Exhibit.broken(
                    SBI.freeing(REMOVE_PAGE),
                    "tables are freed after the flush, like pages",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("pmd_clear"),
                    freer("sbi_rfence (M-mode)"),
                    freer("tlb_batch_pages_flush"),
                    walker("gup_fast_pte_range").at("pte")),
            Exhibit.fixed(SBI.freeing(REMOVE_TABLE), "tables are freed after a grace period"),
            Exhibit.fixed(
                    SBI.freeing(STATIC_KEY), "as merged: which way the fence goes decides, past S-mode RCU frees"),
            Exhibit.nextBest(
                    SBI.freeing(TABLE_ONE_SYNC_IPI), "an empty S-mode interrupt to every hart before each free"),
            Exhibit.nextBest(
                    Race.of(FAST_GUP).freeing(REMOVE_PAGE), "fences by S-mode interrupt, no change to the free"));

    private S02_PagePathUnderSbi() {}
}
