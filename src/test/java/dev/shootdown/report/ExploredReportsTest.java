package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploreResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.ListedTest;
import dev.shootdown.stress.PlannedTest;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.Runs;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressRun;
import dev.shootdown.stress.TestObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the results say about exploration, alone and beside a stress run. */
class ExploredReportsTest {
    private static final String CAVEAT = "load buffering is not modelled";
    private static final ExploreResult REFUSED = Reports.refused("no exploration under WEAK");

    private static RunReport report(Explorations explored) {
        return Reports.of(Optional.of(explored), Optional.empty(), List.of());
    }

    private static RunReport bothEngines() {
        PlannedTest test = new PlannedTest(
                new ListedTest("toy.Broken", "toy.Broken", 2),
                "Broken",
                StressRace.of(Reports.BROKEN),
                Optional.empty());
        TestObservation seen = Runs.seen(test, Map.of("PINNED", 50L, Reports.FAILURE, 500L), Runs.GOOD);
        return Reports.of(Optional.of(Reports.good()), Optional.of(new StressRun(List.of(seen), List.of())), List.of());
    }

    /** The good exploration, with WEAK refused. */
    private static Explorations withWeakRefused() {
        List<ModelRun> runs = new ArrayList<>(Reports.good().runs());
        List<ExploredRace> races = Reports.PLANNED.stream()
                .map(race -> Reports.explored(race, MemoryModel.WEAK, REFUSED))
                .toList();
        runs.add(new ModelRun(MemoryModel.WEAK, races, Duration.ofMillis(1)));
        return new Explorations(Bounds.DEFAULT, Reports.goodCanaries(Reports.MODELS), runs, Map.of());
    }

    private static JsonNode json(RunReport report) {
        return JsonMapper.shared().readTree(VerdictsJson.text(VerdictsJson.document(report)));
    }

    @Test
    void aRaceThatWasOnlyExploredHasNoStressedPart() {
        JsonNode race = json(report(Reports.good())).path("races").path(0);
        JsonNode tso = race.path("explored").path(1);
        assertAll(
                () -> assertFalse(race.has("stressed")),
                () -> assertEquals("SAFE", race.path("expected").asString()),
                () -> assertEquals("NEVER", race.path("failsFrom").asString()),
                () -> assertEquals(2, race.path("explored").size()),
                () -> assertEquals("TSO", tso.path("memoryModel").asString()),
                () -> assertEquals("SAFE", tso.path("expected").asString()),
                () -> assertEquals("SAFE", tso.path("verdict").asString()),
                () -> assertEquals(40, tso.path("executions").asLong()),
                () -> assertEquals(9, tso.path("pruned").asLong()),
                () -> assertEquals(7, tso.path("millis").asLong()),
                () -> assertEquals("PINNED", tso.path("outcomes").path(0).asString()),
                () -> assertFalse(tso.has("witness")));
    }

    @Test
    void aRaceOfBothEnginesIsOneEntry() {
        JsonNode races = json(bothEngines()).path("races");
        assertAll(
                () -> assertEquals(2, races.size()),
                () -> assertEquals(Reports.BROKEN.id(), races.path(0).path("id").asString()),
                () -> assertTrue(races.path(0).has("stressed")),
                () -> assertEquals(2, races.path(0).path("explored").size()),
                () -> assertFalse(races.path(1).has("stressed")));
    }

    @Test
    void theDocumentSaysHowExplorationWasDoneAndHowFarTheRunCame() {
        JsonNode document = json(report(withWeakRefused()));
        JsonNode models = document.path("exploration").path("memoryModels");
        assertAll(
                () -> assertEquals("COMPLETE", document.path("completeness").asString()),
                () -> assertEquals(
                        10_000_000,
                        document.path("exploration").path("executionBound").asLong()),
                () -> assertEquals(80, models.path(0).path("executions").asLong()),
                () -> assertEquals(
                        160.0, models.path(0).path("executionsPerSecond").asDouble()),
                () -> assertFalse(models.path(0).has("caveat")),
                () -> assertEquals(2, models.path(2).path("notRun").asLong()),
                () -> assertTrue(models.path(2).path("caveat").asString().contains(CAVEAT)),
                () -> assertEquals(
                        Reports.good().canaries().size(),
                        document.path("exploration").path("canaries").size()));
    }

    private static String summary(RunReport report) {
        return SummaryMarkdown.text(VerdictsJson.document(report));
    }

    @Test
    void theSummarySaysHowManyRacesWereNotStressed() {
        String both = summary(bothEngines());
        String explored = summary(report(withWeakRefused()));
        assertTrue(
                both.contains("- 1 race explored and not stressed: no jcstress test is theirs. `mvn verify -Pthorough`"
                        + " stresses those of the catalogue that have two actors.\n"));
        assertTrue(explored.contains("- 2 races explored and not stressed: stress did not take part in this run.\n"));
        assertTrue(explored.contains("- 2 races not explored under WEAK: the table above says which.\n"));
    }

    private static RunReport like(RunReport report, Profile profile, RunReport.Completeness completeness) {
        return new RunReport(
                report.environment(),
                profile,
                report.started(),
                report.elapsed(),
                completeness,
                report.explored(),
                report.stressed(),
                report.cells(),
                report.findings());
    }

    @Test
    void whatWasNotStressedDependsOnTheProfileAndOnHowFarTheRunCame() {
        String thorough = summary(like(bothEngines(), Profile.THOROUGH, RunReport.Completeness.COMPLETE));
        String unfinished = summary(like(report(Reports.good()), Profile.DEFAULT, RunReport.Completeness.EXPLORED));
        assertTrue(
                thorough.contains("- 1 race explored and not stressed: no jcstress test is theirs, and in its own VM a"
                        + " thorough run stresses only those of the catalogue that have two actors.\n"));
        assertTrue(unfinished.contains(
                "- 2 races explored and not stressed: the stress run was not over when this was written.\n"));
    }

    @Test
    void whereEveryRaceWasExploredAndStressedNothingWasLeftOut() {
        VerdictsDocument all = VerdictsJson.document(bothEngines());
        VerdictsDocument stressed = all.withRaces(
                all.races().stream().filter(race -> race.stressed() != null).toList());
        assertTrue(SummaryMarkdown.text(stressed).contains("Nothing was left out."));
    }

    @Test
    void aModelThatWasRefusedSaysWhy() {
        JsonNode weak = json(report(withWeakRefused()))
                .path("races")
                .path(0)
                .path("explored")
                .path(2);
        assertEquals("NOT_RUN", weak.path("verdict").asString());
        assertEquals("no exploration under WEAK", weak.path("message").asString());
    }

    @Test
    void aWitnessIsNamed() {
        Explorations good = Reports.good();
        var subject = new Finding.Subject.OneExploration(Reports.BROKEN.id(), MemoryModel.SC);
        Explorations witnessed =
                new Explorations(good.bounds(), good.canaries(), good.runs(), Map.of(subject, "witnesses/one.json"));
        JsonNode explored = json(report(witnessed)).path("races").path(1).path("explored");
        assertEquals("witnesses/one.json", explored.path(0).path("witness").asString());
        assertFalse(explored.path(1).has("witness"));
    }

    @Test
    void theVerdictsCanBeReadBack(@TempDir Path directory) throws Exception {
        Finding finding = new Finding(
                new Finding.Subject.OneExploration(Reports.SAFE.id(), MemoryModel.SC),
                ExitCode.NOT_AS_EXPECTED,
                "It fails.");
        VerdictsDocument document =
                VerdictsJson.document(Reports.of(Optional.of(withWeakRefused()), Optional.empty(), List.of(finding)));
        Path file = directory.resolve("verdicts.json");
        ResultFiles.write(file, VerdictsJson.text(document));
        assertEquals(document, VerdictsFile.read(file));
    }

    @Test
    void theSummaryHasATableOfExploredRaces() {
        String summary = SummaryMarkdown.text(VerdictsJson.document(report(withWeakRefused())));
        assertAll(
                () -> assertTrue(summary.contains("| race | expected | SC | TSO | WEAK | mark |"), summary),
                () -> assertTrue(
                        summary.contains("| " + Reports.BROKEN.id()
                                + " | UNSAFE from SC | UNSAFE (40) | UNSAFE (40) | not run | not run |"),
                        summary),
                () -> assertTrue(summary.contains("exhaustive within these bounds under this memory model")),
                () -> assertEquals(summary.indexOf(CAVEAT), summary.lastIndexOf(CAVEAT)),
                () -> assertTrue(summary.contains(CAVEAT)),
                () -> assertTrue(summary.contains("| canary | SC | TSO | WEAK |"), summary),
                () -> assertTrue(summary.contains("| TRACKER_WITH_READ_BARRIER | SAFE | UNSAFE | not run |"), summary),
                () -> assertTrue(summary.contains("| SC | 2 | 2 | 80 | 18 | 160 | 0.5 s |"), summary),
                () -> assertFalse(summary.contains("proven")),
                () -> assertFalse(summary.contains("## Evidence")));
    }

    @Test
    void theSummaryMarksWhatDisagrees() {
        ExploreResult fails = Reports.finished(Reports.SAFE, MemoryModel.TSO, Verdict.UNSAFE, Reports.FAILURE);
        Explorations wrong = Reports.goodBut(Reports.explored(Reports.SAFE, MemoryModel.TSO, fails));
        List<List<String>> rows = ExploredTable.rows(VerdictsJson.document(report(wrong)));
        assertEquals(List.of(Reports.SAFE.id(), "SAFE", "SAFE (40)", "UNSAFE (40)", "DISAGREES"), rows.get(0));
        assertEquals(
                List.of(Reports.BROKEN.id(), "UNSAFE from SC", "UNSAFE (40)", "UNSAFE (40)", "as expected"),
                rows.get(1));
    }

    @Test
    void theMatrixHasTheExploredVerdictsBesideTheStressedOnes() {
        List<String> row =
                VerdictMatrix.rows(VerdictsJson.document(bothEngines())).getFirst();
        assertEquals(List.of("Broken", Reports.BROKEN.id(), "UNSAFE", "UNSAFE", "UNSAFE"), row.subList(0, 5));
    }

    @Test
    void modelsThatDifferAreNamedInTheMatrix() {
        ExploreResult holds = Reports.finished(Reports.BROKEN, MemoryModel.SC, Verdict.SAFE);
        RunReport both = bothEngines();
        RunReport differing = Reports.of(
                Optional.of(Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.SC, holds))),
                both.stressed(),
                List.of());
        assertEquals(
                "SC SAFE, TSO UNSAFE",
                VerdictMatrix.rows(VerdictsJson.document(differing)).getFirst().get(3));
    }

    @Test
    void theJUnitSuiteHasACaseForEachRaceAndModel() {
        Finding finding = new Finding(
                new Finding.Subject.OneExploration(Reports.SAFE.id(), MemoryModel.SC),
                ExitCode.NOT_AS_EXPECTED,
                "It fails.");
        RunReport report = Reports.of(Optional.of(withWeakRefused()), Optional.empty(), List.of(finding));
        String suite = JUnitXml.files(VerdictsJson.document(report)).get("TEST-explore.xml");
        assertAll(
                () -> assertTrue(
                        suite.contains(
                                "<testsuite name=\"explore\" tests=\"20\" errors=\"0\" failures=\"1\" skipped=\"2\""),
                        suite),
                () -> assertTrue(suite.contains("name=\"" + Reports.BROKEN.id() + " under TSO\"")),
                () -> assertTrue(suite.contains("<failure message=\"It fails.\">")),
                () -> assertTrue(suite.contains("<skipped message=\"not run: no exploration under WEAK\">")));
    }

    @Test
    void canariesAreCasesToo() {
        CanaryResult canary = Reports.good().canaries().getFirst();
        String suite =
                JUnitXml.files(VerdictsJson.document(report(Reports.good()))).get("TEST-explore.xml");
        assertTrue(suite.contains("name=\"" + canary.canary() + " under " + canary.model() + "\""), suite);
    }

    @Test
    void anUnfinishedRunSaysSo() {
        RunReport good = report(Reports.good());
        RunReport first = new RunReport(
                good.environment(),
                good.profile(),
                good.started(),
                good.elapsed(),
                RunReport.Completeness.EXPLORED,
                good.explored(),
                good.stressed(),
                good.cells(),
                good.findings());
        assertTrue(SummaryMarkdown.text(VerdictsJson.document(first)).contains("**Exploration only.**"));
        assertEquals("EXPLORED", json(first).path("completeness").asString());
        assertFalse(json(first).path("interrupted").asBoolean());
    }
}
