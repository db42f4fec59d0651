package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.PlanException;
import dev.shootdown.stress.Runs;
import dev.shootdown.stress.TestObservation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {
    private static final RunReport GOOD = Reports.of(List.of(Runs.goodSafe(), Runs.goodBroken()), List.of());
    private static final Finding WRONG =
            Finding.ofTest(Runs.SAFE, ExitCode.NOT_AS_EXPECTED, "Freeing_01_Safe showed <it> | twice.\u0000");
    private static final Finding BROKE = Finding.ofTest(Runs.BROKEN, ExitCode.BROKEN, "Freeing_02_Broken hung in C2.");

    private static JsonNode json(RunReport report) {
        return JsonMapper.shared().readTree(VerdictsJson.text(VerdictsJson.document(report)));
    }

    @Test
    void theVerdictsHaveEveryFieldOfTheContract() {
        JsonNode document = json(GOOD);
        JsonNode race = document.path("races").path(1);
        assertAll(
                () -> assertEquals(1, document.path("schema").asInt()),
                () -> assertHas(document.path("environment"), "cpu", "cpus", "jdk", "os", "hostModel"),
                () -> assertHas(race, "id", "walker", "mutator", "shootdown", "freeing", "satp", "conditions"),
                () -> assertHas(race, "expected", "failsFrom", "reason", "source", "explored", "stressed"),
                () -> assertHas(race.path("stressed"), "expected", "verdict", "samples", "forbidden", "nearMisses"),
                () -> assertHas(race.path("stressed"), "contended", "freedInSample", "unmet", "activeMillis"),
                () -> assertHas(race.path("stressed"), "configurations", "interruptsSelf", "interruptsByProxy"),
                () -> assertEquals(
                        2_000,
                        race.path("stressed")
                                .path("outcomes")
                                .path(Runs.FAILURE)
                                .asLong()));
    }

    private static void assertHas(JsonNode node, String... fields) {
        for (String field : fields) {
            assertTrue(node.has(field), () -> field + " is missing in " + node);
        }
    }

    @Test
    void theVerdictsSayWhatWasSeen() {
        JsonNode safe = json(GOOD).path("races").path(0).path("stressed");
        JsonNode broken = json(GOOD).path("races").path(1).path("stressed");
        assertAll(
                () -> assertEquals("NOT_OBSERVED", safe.path("verdict").asString()),
                () -> assertEquals(3.0 / 10_000, safe.path("upperBound95").asDouble()),
                () -> assertEquals(0.2, safe.path("twinFailureRate").asDouble()),
                () -> assertEquals("UNSAFE", broken.path("verdict").asString()),
                () -> assertEquals(2_000.0, broken.path("hitsPerSecond").asDouble()),
                () -> assertEquals(1_000, broken.path("activeMillis").asLong()),
                () -> assertEquals(
                        40,
                        broken.path("perConfiguration").path(0).path("skewHigh").asLong()),
                () -> assertTrue(!broken.has("upperBound95"), "a race that failed has no bound"));
    }

    @Test
    void theTwinsRateIsAShare() {
        TestObservation twin =
                Runs.seen(Runs.broken(), Map.of("PINNED", 50L, Runs.FAILURE, 6_000L), Runs.statistics(5_000, 6_000));
        JsonNode races =
                json(Reports.of(List.of(Runs.goodSafe(), twin), List.of())).path("races");
        assertEquals(1.0, races.path(0).path("stressed").path("twinFailureRate").asDouble());
        assertEquals(1.0, races.path(1).path("stressed").path("failureRate").asDouble());
    }

    @Test
    void theVerdictsCanBeReadBack(@TempDir Path directory) throws Exception {
        VerdictsDocument document = VerdictsJson.document(Reports.of(GOOD.observations(), List.of(WRONG)));
        Path file = directory.resolve("deep/verdicts.json");
        ResultFiles.write(file, VerdictsJson.text(document));
        assertEquals(document, VerdictsFile.read(file));
    }

    @Test
    void aFileThatIsCutShortBetweenTwoWordsSaysSo(@TempDir Path directory) throws Exception {
        String whole = VerdictsJson.text(VerdictsJson.document(GOOD)).strip();
        Path file = directory.resolve("verdicts.json");
        for (int length = 1; length < whole.length(); length++) {
            if ("{[,: \n".indexOf(whole.charAt(length - 1)) < 0) {
                continue;
            }
            Files.writeString(file, whole.substring(0, length));
            PlanException thrown = assertThrows(PlanException.class, () -> VerdictsFile.read(file));
            assertEquals(file + " is cut short: the JSON in it does not end", thrown.getMessage());
        }
    }

    @Test
    void aJUnitFileASuiteWithACaseATest() throws Exception {
        Map<String, String> files =
                JUnitXml.files(VerdictsJson.document(Reports.of(GOOD.observations(), List.of(WRONG, BROKE))));
        assertEquals(Set.of("TEST-stress.Freeing.xml"), files.keySet());
        Element suite = parsed(files.get("TEST-stress.Freeing.xml"));
        assertAll(
                () -> assertEquals("2", suite.getAttribute("tests")),
                () -> assertEquals("1", suite.getAttribute("failures")),
                () -> assertEquals("1", suite.getAttribute("errors")),
                () -> assertEquals("0", suite.getAttribute("skipped")),
                () -> assertEquals("Freeing_01_Safe showed <it> | twice.?", message(suite, "failure")),
                () -> assertEquals("Freeing_02_Broken hung in C2.", message(suite, "error")));
    }

    private static Element parsed(String xml) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return builder.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static String message(Element suite, String element) {
        return ((Element) suite.getElementsByTagName(element).item(0)).getAttribute("message");
    }

    @Test
    void findingsAboutTheRunHaveASuiteOfTheirOwn() {
        Finding run = Finding.ofRun(ExitCode.BROKEN, "No tests at all.");
        assertTrue(JUnitXml.files(VerdictsJson.document(Reports.of(List.of(), List.of(run))))
                .getOrDefault("TEST-run.xml", "")
                .contains("No tests at all."));
    }

    @Test
    void theSummaryTellsTheWholeStory() {
        String summary = SummaryMarkdown.text(VerdictsJson.document(Reports.of(GOOD.observations(), List.of(WRONG))));
        assertAll(
                () -> assertTrue(summary.contains("**1 finding**, exit code 1")),
                () -> assertTrue(summary.contains("| CPU | Test CPU (2) |")),
                () -> assertTrue(summary.contains("| Took | 2 min 5 s |")),
                () -> assertTrue(
                        summary.contains("| Freeing_02_Broken | race/Freeing_02_Broken | UNSAFE | - | UNSAFE |")),
                () -> assertTrue(summary.contains("NOT_OBSERVED (&lt;0.00030)")),
                () -> assertTrue(summary.contains("- Exploration did not take part in this run.")),
                () -> assertTrue(summary.contains("- Freeing_01_Safe showed &lt;it> \\| twice.")));
    }

    @Test
    void theMatrixIsAlignedInColumns() {
        assertEquals(
                List.of(
                        "test               race                    expected  explored  observed                 hits/s",
                        "Freeing_01_Safe    race/Freeing_01_Safe    SAFE      -         NOT_OBSERVED (<0.00030)  -",
                        "Freeing_02_Broken  race/Freeing_02_Broken  UNSAFE    -         UNSAFE                   2000"),
                VerdictMatrix.lines(VerdictsJson.document(GOOD)));
    }

    @Test
    void filesOfAnEarlierRunAreRemovedButOthersStay(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("TEST-old.xml"), "old");
        Files.writeString(directory.resolve("README.md"), "keep");
        ResultFiles.writeAll(directory, Map.of("TEST-new.xml", "new"), ".xml");
        try (var files = Files.list(directory)) {
            assertEquals(
                    Set.of("TEST-new.xml", "README.md"),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    @Test
    void aDirectoryIsReplacedOnlyWhenItsSuccessorIsComplete(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("report");
        ResultFiles.replaceDirectory(directory, fresh -> Files.writeString(fresh.resolve("a"), "1"));
        ResultFiles.replaceDirectory(directory, fresh -> Files.writeString(fresh.resolve("b"), "2"));
        try (var files = Files.walk(parent)) {
            assertEquals(Set.of(parent, directory, directory.resolve("b")), Set.copyOf(files.toList()));
        }
    }
}
