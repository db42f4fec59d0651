package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.race.WalkerPresence;
import dev.shootdown.race.Walkers;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.StressExpectation;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TruthTablesTest {
    private static final Race GUP = Race.of(Walkers.FAST_GUP);
    private static final Race SBI = GUP.shootdown(Shootdowns.SBI_RFENCE);

    private static VerdictsDocument.Race entry(Race race, @Nullable String stressedBy, String... verdicts) {
        List<Explored> explored = Arrays.stream(verdicts)
                .map(verdict -> explored(
                        race, MemoryModel.values()[Arrays.asList(verdicts).indexOf(verdict)], verdict))
                .toList();
        return VerdictsDocument.Race.of(race.describe(), explored, stressedBy == null ? null : stressed(stressedBy));
    }

    private static Explored explored(Race race, MemoryModel model, String verdict) {
        Verdict expected = race.describe().failsFrom().failsUnder(model) ? Verdict.UNSAFE : Verdict.SAFE;
        return new Explored(model, expected, verdict, 20, 0, 1, List.of(), null, null, null);
    }

    private static Stressed stressed(String test) {
        return new Stressed(
                test,
                StressExpectation.UNSAFE,
                StressVerdict.UNSAFE,
                1,
                1,
                0,
                1,
                1,
                0,
                1,
                1,
                1,
                0,
                0,
                1.0,
                false,
                null,
                null,
                null,
                1.0,
                null,
                Map.of(),
                Map.of(),
                List.of(),
                null);
    }

    private static VerdictsDocument document(VerdictsDocument.Race... races) {
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                new VerdictsDocument.Environment("CPU", 2, "JDK", "OS", MemoryModel.TSO),
                "smoke",
                GateLimits.STANDARD,
                null,
                null,
                false,
                "COMPLETE",
                null,
                List.of(races),
                List.of(),
                null,
                null);
    }

    private static List<String> row(String title, VerdictsDocument.Race... races) {
        return rowIn("fast-gup", title, races);
    }

    private static List<String> rowIn(String table, String title, VerdictsDocument.Race... races) {
        return new TruthTables(document(races))
                .rows(table, MemoryModel.SC).stream()
                        .filter(row -> row.getFirst().equals(title))
                        .findFirst()
                        .orElseThrow();
    }

    private static String cell(VerdictsDocument.Race race, Shootdowns shootdown) {
        return row("remove-page", race).get(1 + shootdown.ordinal());
    }

    @Test
    void aCellHasVerdictProtectionAndMark() {
        assertEquals("SAFE (waited interrupt) =", cell(entry(GUP, null, "SAFE"), Shootdowns.S_MODE_IPI));
        assertEquals("UNSAFE (nothing) =", cell(entry(SBI, null, "UNSAFE"), Shootdowns.SBI_RFENCE));
        assertEquals("SAFE (nothing) ≠", cell(entry(SBI, null, "SAFE"), Shootdowns.SBI_RFENCE));
        assertEquals("○ not run", cell(entry(SBI, null, "NOT_RUN"), Shootdowns.SBI_RFENCE));
        assertEquals("○ not run", cell(entry(SBI, null), Shootdowns.SBI_RFENCE));
        assertEquals("○ not run", cell(entry(SBI, null), Shootdowns.S_MODE_IPI));
    }

    @Test
    void aHartThatIsAwayConcernsTheDispatcherThatSkipsIt() {
        VerdictsDocument.Race lazy =
                entry(GUP.shootdown(Shootdowns.LAZY_SKIP).where(each -> each.withPresence(WalkerPresence.LAZY)), null);
        List<String> row = row("remove-page, presence=lazy", lazy);
        assertEquals("○ not run", row.get(1 + Shootdowns.LAZY_SKIP.ordinal()));
        assertEquals("–", row.get(1 + Shootdowns.S_MODE_IPI.ordinal()));
    }

    @Test
    void whatKeepsTablesHasARowForEachReCheckAndLevel() {
        Race kept = GUP.freeing(Freeings.REUSE_IN_PLACE);
        VerdictsDocument.Race once = entry(kept.where(each -> each.withRecheck(Recheck.PTE_ONLY)), null, "UNSAFE");
        VerdictsDocument.Race above = entry(kept.victim(TableLevel.PMD), null);
        assertTrue(row("reuse-in-place, recheck=pte-only", once).get(1).startsWith("UNSAFE"));
        assertEquals("○ not run", row("reuse-in-place, victim=pmd", above).get(1));
    }

    @Test
    void whatKeepsTablesHasARowForAHartThatIsAway() {
        Race kept = GUP.freeing(Freeings.REUSE_IN_PLACE)
                .shootdown(Shootdowns.PARAVIRTUAL)
                .where(each -> each.withRecheck(Recheck.PTE_ONLY).withPresence(WalkerPresence.DESCHEDULED));
        List<String> row = row("reuse-in-place, presence=descheduled, recheck=pte-only", entry(kept, null, "UNSAFE"));
        assertEquals("UNSAFE (nothing) =", row.get(1 + Shootdowns.PARAVIRTUAL.ordinal()));
        assertEquals(
                Shootdowns.values().length - 1,
                row.stream().filter(TruthTables.NO_CELL::equals).count());
    }

    @Test
    void whatFreesPagesHasATableOfItsOwn() {
        Race partial =
                SBI.against(Mutators.MUNMAP_PARTIAL).where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA));
        Race once = partial.where(each -> each.withRecheck(Recheck.PMD_ONLY));
        VerdictsDocument.Race[] races = {entry(partial, null, "SAFE"), entry(once, null, "UNSAFE"), entry(GUP, null)};
        assertEquals(List.of("fast-gup", "fast-gup, munmap-partial"), new TruthTables(document(races)).names());
        int column = 1 + Shootdowns.SBI_RFENCE.ordinal();
        String table = "fast-gup, munmap-partial";
        assertEquals(
                "SAFE (second look) =",
                rowIn(table, "remove-page, freed=recycled-as-data", races).get(column));
        List<String> row = rowIn(table, "remove-page, freed=recycled-as-data, recheck=pmd-only", races);
        assertEquals("UNSAFE (nothing) =", row.get(column));
        assertEquals("○ not run", row.get(1));
        assertTrue(SummaryMarkdown.text(document(races)).contains("### fast-gup, munmap-partial under TSO"));
    }

    @Test
    void everyMutatorOfPagesHasATableForEveryWalker() {
        VerdictsDocument.Race[] all =
                Catalogue.all().stream().map(race -> entry(race, null)).toArray(VerdictsDocument.Race[]::new);
        TruthTables tables = new TruthTables(document(all));
        assertEquals(
                List.of(
                        "fast-gup",
                        "rcu-walk",
                        "hardware",
                        "fast-gup, munmap-partial",
                        "rcu-walk, munmap-partial",
                        "hardware, munmap-partial",
                        "fast-gup, collapse",
                        "rcu-walk, collapse",
                        "hardware, collapse"),
                tables.names());
        assertEquals(6, tables.rows("fast-gup, collapse", MemoryModel.SC).size(), "three re-checks, told and untold");
        assertEquals(1, tables.rows("rcu-walk, collapse", MemoryModel.SC).size());
        assertEquals(4, tables.rows("hardware, collapse", MemoryModel.SC).size(), "and away in two ways");
    }

    @Test
    void aRaceThatFailsLaterSaysFromWhere() {
        Race tracked = GUP.freeing(Freeings.TRACKER_READ_BARRIER).shootdown(Shootdowns.BROADCAST_UNSYNCED);
        VerdictsDocument.Race race = entry(tracked, null, "SAFE", "UNSAFE");
        int column = 1 + Shootdowns.BROADCAST_UNSYNCED.ordinal();
        TruthTables tables = new TruthTables(document(race));
        assertEquals(
                "SAFE (nothing, fails from TSO on) =",
                tables.rows("fast-gup", MemoryModel.SC).getFirst().get(column));
        assertEquals(
                "UNSAFE (nothing) =",
                tables.rows("fast-gup", MemoryModel.TSO).getFirst().get(column));
    }

    /** What makes no difference is shown by a pair of races, and has no row. */
    @Test
    void noOtherConditionHasARow() {
        VerdictsDocument.Race other = entry(SBI.victim(TableLevel.PMD), null);
        assertEquals(List.of(), new TruthTables(document(other)).rows("fast-gup", MemoryModel.SC));
    }

    @Test
    void aCellSaysByWhatItWasStressed() {
        assertEquals(
                "UNSAFE (nothing) =, stressed by jcstress",
                cell(entry(SBI, "dev.shootdown.Freeing_02", "UNSAFE"), Shootdowns.SBI_RFENCE));
        assertEquals("○ not run, stressed here", cell(entry(SBI, SBI.id()), Shootdowns.SBI_RFENCE));
    }

    @Test
    void whatIsSpecialAboutTheHartHasARowOfItsOwn() {
        Race absent = GUP.where(each -> each.withMask(WalkerMask.ABSENT));
        Race descheduled =
                GUP.shootdown(Shootdowns.PARAVIRTUAL).where(each -> each.withPresence(WalkerPresence.DESCHEDULED));
        VerdictsDocument document = document(entry(GUP, null), entry(absent, null), entry(descheduled, null));
        List<String> titles = new TruthTables(document)
                .rows("fast-gup", MemoryModel.TSO).stream().map(List::getFirst).toList();
        assertEquals(List.of("remove-page", "remove-page, mask=absent", "remove-page, presence=descheduled"), titles);
    }

    @Test
    void aLocalFlushIsPlainWhenTheHartSwitchesIn() {
        Race local = GUP.shootdown(Shootdowns.LOCAL_ONLY);
        Race switching = local.where(each -> each.withMask(WalkerMask.SWITCHES_IN));
        assertEquals(true, VerdictGrid.has(entry(switching, null)));
        assertEquals(false, VerdictGrid.has(entry(local, null)));
        assertEquals(false, VerdictGrid.has(entry(GUP.where(each -> each.withMask(WalkerMask.SWITCHES_IN)), null)));
    }

    @Test
    void everyModelAndWalkerHasATable() {
        VerdictsDocument document =
                VerdictsJson.document(Reports.of(Optional.of(Reports.good()), Optional.empty(), List.of()));
        TruthTables tables = new TruthTables(document);
        assertEquals(Reports.MODELS, tables.models());
        assertEquals(List.of("fast-gup"), tables.names());
        String summary = SummaryMarkdown.text(document);
        assertTrue(summary.contains("### fast-gup under TSO"), summary);
        assertTrue(
                summary.contains("| remove-page | SAFE (waited interrupt) = | UNSAFE (nothing) = | ○ not run |"),
                summary);
    }

    @Test
    void withoutExplorationThereIsTheHostsModel() {
        assertEquals(List.of(MemoryModel.TSO), new TruthTables(document(entry(SBI, SBI.id()))).models());
        Race page = GUP.against(Mutators.POPULATE);
        assertEquals(List.of(), new TruthTables(document(entry(page, null))).models());
    }

    @Test
    void everyStrategyIsARowOfEveryCatalogue() {
        VerdictsDocument.Race[] all =
                Catalogue.all().stream().map(race -> entry(race, null)).toArray(VerdictsDocument.Race[]::new);
        TruthTables tables = new TruthTables(document(all));
        for (VerdictGrid grid : VerdictGrid.of(List.of(all))) {
            String walker = grid.walker().toLowerCase(Locale.ROOT).replace('_', '-');
            List<List<String>> rows = tables.rows(walker, MemoryModel.SC);
            String suffix =
                    grid.hart().conditions().isEmpty() ? "" : ", " + grid.hart().conditions();
            for (VerdictsDocument.Race race : grid.races()) {
                String title =
                        race.freeing().toLowerCase(Locale.ROOT).replace('_', '-') + suffix.replaceAll("[{}]", "");
                assertTrue(rows.stream().anyMatch(row -> row.getFirst().equals(title)), title);
            }
            assertTrue(
                    rows.stream().allMatch(row -> row.size() == tables.header().size()), walker);
        }
    }
}
