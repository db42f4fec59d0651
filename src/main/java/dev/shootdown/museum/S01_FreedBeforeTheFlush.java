package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.mm.FreeBeforeFlush;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Race;
import dev.shootdown.riscv.TableLevel;

/**
 * Tables above the pte level were given back where they were unhooked, on riscv until 8246601a7d39.
 *
 * <p>The freer clears the pud and frees the pmd table at once. A walker that loaded the pud before, in software or in
 * hardware, follows it into what is free memory by now. Then comes the flush, which waits for just these walkers, too late.
 */
final class S01_FreedBeforeTheFlush {
    private static final Race GUP = Race.of(FAST_GUP).victim(TableLevel.PMD);
    private static final Race HARDWARE_WALK = Race.of(HARDWARE).victim(TableLevel.PMD);
    private static final Expectation TOO_EARLY =
            Expectation.unsafe("a pmd table is freed before anybody was told of it", "8246601a7d39");

    /** The strategy of the time: pte tables went after the flush, all others before it. */
    private enum Early implements FreeingKind {
        UPPER_TABLES_BEFORE_FLUSH;

        @Override
        public TableFreeing strategy() {
            TableFreeing pteTables = new RemovePage();
            TableFreeing upperTables = new FreeBeforeFlush();
            return (gather, table) -> (table.level() == 0 ? pteTables : upperTables).free(gather, table);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            1,
            "tables freed before the flush",
            "8246601a7d39",
            Actor.cast(
                    "a thread in fast GUP, or the page-table walker of a hart", "a thread that unmaps all below a pud"),
            Exhibit.broken(
                    GUP.freeing(Early.UPPER_TABLES_BEFORE_FLUSH).expecting(TOO_EARLY),
                    "pmd tables are freed where they are unhooked",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pgd"),
                    freer("pmd_clear"),
                    freer("pud_free_tlb (before 8246601a7d39)"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("tlb_flush_mmu_tlbonly")),
            Exhibit.broken(
                    HARDWARE_WALK.freeing(Early.UPPER_TABLES_BEFORE_FLUSH).expecting(TOO_EARLY),
                    "the same, before the page-table walker of a hart",
                    walker("translation step 2").at("pgd"),
                    freer("pmd_clear"),
                    freer("pud_free_tlb (before 8246601a7d39)"),
                    walker("translation step 2").at("pmd"),
                    freer("tlb_flush_mmu_tlbonly")),
            Exhibit.fixed(
                    HARDWARE_WALK.freeing(REMOVE_PAGE), "all tables after the flush, before the hardware's walker"),
            Exhibit.fixed(GUP.freeing(REMOVE_PAGE), "all tables are queued, and freed after the flush"),
            Exhibit.nextBest(
                    GUP.freeing(TABLE_ONE_UNSYNCHRONISED), "each table is freed at once, after a flush of its own"));

    private S01_FreedBeforeTheFlush() {}
}
