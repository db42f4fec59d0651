package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code report} and {@code merge}, over results that are written by hand, and over real ones. */
class MergeTest {
    private static final String RUN = """
            {"schema": 1, "environment": {"cpu": "CPU A", "cpus": 2, "jdk": "J", "os": "O", "hostModel": "TSO"},
             "profile": "default", "limits": {"contended": 1, "freedInSample": 1, "requiredHits": 1},
             "started": "2026-01-02T03:04:05Z", "elapsedMillis": 7000,
             "interrupted": false, "completeness": "COMPLETE", "findings": [],
             "exploration": {"executionBound": 100, "stepBound": 90,
               "memoryModels": [{"memoryModel": "SC", "races": 1, "asExpected": 1, "notRun": 0, "executions": 5,
                 "pruned": 2, "millis": 1000, "executionsPerSecond": 5.0}],
               "canaries": [{"name": "MP", "memoryModel": "SC", "expected": "SAFE", "verdict": "SAFE"}]},
             "races": [{"id": "r", "walker": "W", "mutator": "M", "shootdown": "S", "freeing": "F", "satp": "SV39",
              "conditions": {}, "expected": "UNSAFE", "failsFrom": "SC", "reason": "x", "source": "y",
              "explored": [{"memoryModel": "SC", "expected": "UNSAFE", "verdict": "UNSAFE", "executions": 5, "pruned": 0,
                "millis": 1, "outcomes": []}],
              "stressed": {"test": "p.T", "expected": "UNSAFE", "verdict": "UNSAFE", "samples": 10, "forbidden": 4,
                "nearMisses": 0, "contended": 8, "freedInSample": 10, "unmet": 0, "activeMillis": 1000,
                "configurations": 1, "plannedConfigurations": 1, "interruptsSelf": 0, "interruptsByProxy": 0,
                "hitsPerSecond": 4.0, "oversubscribed": false, "outcomes": {"PINNED": 6}, "statistics": {},
                "perConfiguration": []}}]}
            """;
    private static final String OTHER_RUN = RUN.replace("CPU A", "CPU B");

    @TempDir
    private Path directory;

    private Path results(String name, String text) throws IOException {
        Path results = Files.createDirectories(directory.resolve(name));
        Files.writeString(results.resolve("verdicts.json"), text);
        return results;
    }

    private JsonNode merged() {
        return JsonMapper.shared().readTree(directory.resolve("into/verdicts.json"));
    }

    private String summary() throws IOException {
        return Files.readString(directory.resolve("into/summary.md"));
    }

    private Cli merge(Path one, Path other) {
        return Cli.run("merge", one, other, "--into", directory.resolve("into"));
    }

    /** It is a finding, at the top of the report and on the console. */
    private void assertContradiction(Cli merge, String sentence) throws IOException {
        String summary = summary();
        String suite = Files.readString(directory.resolve("into/junit/TEST-run.xml"));
        assertAll(
                () -> assertTrue(suite.contains("<failure message=\"CONTRADICTION: "), suite),
                () -> assertEquals(1, merge.code(), merge.err()),
                () -> assertTrue(merge.out().startsWith("FAIL: CONTRADICTION: "), merge.out()),
                () -> assertTrue(merge.out().contains(sentence), merge.out()),
                () -> assertTrue(summary.contains("**1 finding**, exit code 1"), summary),
                () -> assertTrue(summary.contains(sentence), summary));
    }

    @Test
    void failuresThatWereNotContendedAreNoMoreThanAllOfThem() throws IOException {
        String few = "\"contended\": 3, \"freedInSample\": 10";
        String text = RUN.replace("\"contended\": 8, \"freedInSample\": 10", few);
        assertTrue(text.contains(few));
        Cli merge = merge(results("a", text), results("b", text.replace("CPU A", "CPU B")));
        assertEquals(0, merge.code(), merge.err());
        JsonNode stressed = merged().path("races").path(0).path("stressed");
        assertEquals(1.0, stressed.path("failureRate").asDouble());
    }

    @Test
    void addsUpWhatTwoMachinesSaw() throws IOException {
        Cli merge = merge(results("a", RUN), results("b", OTHER_RUN));
        assertEquals(0, merge.code(), merge.err());
        JsonNode stressed = merged().path("races").path(0).path("stressed");
        assertAll(
                () -> assertEquals(20, stressed.path("samples").asInt()),
                () -> assertEquals(8, stressed.path("forbidden").asInt()),
                () -> assertEquals(4.0, stressed.path("hitsPerSecond").asDouble()),
                () -> assertEquals(12, stressed.path("outcomes").path("PINNED").asInt()),
                () -> assertEquals(
                        "CPU A; CPU B", merged().path("environment").path("cpu").asString()));
    }

    @Test
    void eachResultSaysWhoSawIt() throws IOException {
        Path one = results("a", RUN);
        Path other = results("b", OTHER_RUN);
        merge(one, other);
        JsonNode race = merged().path("races").path(0);
        JsonNode stressed = race.path("stressed").path("seen");
        JsonNode explored = race.path("explored").path(0).path("seen");
        String summary = summary();
        assertAll(
                () -> assertEquals(
                        one.toString(), stressed.path(0).path("source").asString()),
                () -> assertEquals(10, stressed.path(1).path("samples").asInt()),
                () -> assertEquals(
                        other.toString(), explored.path(1).path("source").asString()),
                () -> assertEquals(2, merged().path("sources").size()),
                () -> assertTrue(summary.contains("Merged from 2 runs:"), summary),
                () -> assertTrue(summary.contains("| T | " + one + " | UNSAFE | 10 | 4 | 8 |"), summary));
    }

    @Test
    void explorationsAreOne() throws IOException {
        String weak = OTHER_RUN
                .replace("\"memoryModel\": \"SC\"", "\"memoryModel\": \"WEAK\"")
                .replace("\"executionBound\": 100", "\"executionBound\": 50");
        merge(results("a", RUN), results("b", weak));
        JsonNode exploration = merged().path("exploration");
        assertAll(
                () -> assertEquals(50, exploration.path("executionBound").asInt()),
                () -> assertEquals(2, exploration.path("memoryModels").size()),
                () -> assertEquals(
                        1,
                        exploration
                                .path("memoryModels")
                                .path(1)
                                .path("asExpected")
                                .asInt()),
                () -> assertEquals(2, exploration.path("canaries").size()),
                () -> assertEquals(
                        2, merged().path("races").path(0).path("explored").size()));
    }

    @Test
    void countsTheSameRunOnce() throws IOException {
        Path one = results("a", RUN);
        Cli merge = merge(one, results("b", RUN));
        assertEquals(0, merge.code(), merge.err());
        assertTrue(merge.out().contains("is the same run as"), merge.out());
        assertSamples(10);
        assertEquals(0, merge(one, directory.resolve("a/../a")).code());
        assertSamples(10);
    }

    @Test
    void copiesOfARunThatDifferAreRefused() throws IOException {
        merge(results("a", RUN), results("b", RUN.replace("\"samples\": 10", "\"samples\": 11")))
                .failed(2, "but says something else");
    }

    private void assertSamples(int samples) {
        assertEquals(
                samples,
                merged().path("races").path(0).path("stressed").path("samples").asInt());
    }

    @Test
    void runsThatWereMergedBeforeAreKnownAgain() throws IOException {
        Path one = results("a", RUN);
        merge(one, results("b", OTHER_RUN));
        Path before = Files.move(directory.resolve("into"), directory.resolve("before"));
        Cli again = merge(before, one);
        assertTrue(again.out().contains("nothing but runs that are counted already"), again.out());
        assertSamples(20);
        merge(one, before).failed(2, "merge the directories that it was made from");
    }

    @Test
    void explorationsThatDifferAreAContradiction() throws IOException {
        String safe =
                OTHER_RUN.replace("\"verdict\": \"UNSAFE\", \"executions\"", "\"verdict\": \"SAFE\", \"executions\"");
        Path one = results("a", RUN);
        Path other = results("b", safe);
        assertContradiction(merge(one, other), "r under SC is UNSAFE in " + one + ", SAFE in " + other + ".");
        assertTrue(summary().contains("| r | UNSAFE from SC | UNSAFE (5) | CONTRADICTED |"), summary());
        String page = Files.readString(directory.resolve("into/index.html"));
        assertTrue(page.contains("UNSAFE, CONTRADICTED by another run"), page);
    }

    @Test
    void buildServersSeeEveryContradictionAsAFailure() throws IOException {
        String safe =
                OTHER_RUN.replace("\"verdict\": \"UNSAFE\", \"executions\"", "\"verdict\": \"SAFE\", \"executions\"");
        merge(results("a", twoRaces(RUN)), results("b", twoRaces(safe)));
        String suite = Files.readString(directory.resolve("into/junit/TEST-run.xml"));
        assertAll(
                () -> assertTrue(suite.contains(" tests=\"3\" errors=\"0\" failures=\"2\" skipped=\"1\""), suite),
                () -> assertTrue(suite.contains("<testcase classname=\"run\" name=\"r\""), suite),
                () -> assertTrue(suite.contains("<failure message=\"CONTRADICTION: q under SC is UNSAFE"), suite));
    }

    private static String twoRaces(String run) {
        String race = run.substring(run.indexOf("{\"id\": \"r\""), run.lastIndexOf("]}"));
        String other = race.replace("\"id\": \"r\"", "\"id\": \"q\"").replace("p.T", "p.U");
        return run.replace(race, race + "," + other);
    }

    @Test
    void expectationsThatDifferAreAContradiction() throws IOException {
        String later = OTHER_RUN.replace("\"failsFrom\": \"SC\"", "\"failsFrom\": \"TSO\"");
        assertContradiction(merge(results("a", RUN), results("b", later)), "expected to fail from SC on, and from TSO");
    }

    @ParameterizedTest
    @CsvSource({"TSO, 1", "WEAK, 0"})
    void oneMachineOfAKindSeesWhatTheOtherDoesNot(String model, int code) throws IOException {
        String silent = OTHER_RUN
                .replace("\"hostModel\": \"TSO\"", "\"hostModel\": \"" + model + "\"")
                .replace("\"UNSAFE\", \"samples\"", "\"NOT_OBSERVED\", \"samples\"")
                .replace("\"forbidden\": 4", "\"forbidden\": 0");
        Cli merge = merge(results("a", RUN), results("b", silent));
        assertEquals(code, merge.code(), merge.out());
        assertEquals(code == 1, merge.out().contains("CONTRADICTION: T fails in "), merge.out());
    }

    @Test
    void stressOfOneRunIsHeldAgainstTheExplorationOfAnother() throws IOException {
        String explored = RUN.replace("\"memoryModel\": \"SC\"", "\"memoryModel\": \"TSO\"")
                .replace("\"verdict\": \"UNSAFE\", \"executions\"", "\"verdict\": \"SAFE\", \"executions\"")
                .replaceFirst("(?s),\\s*\"stressed\".*", "}]}");
        assertContradiction(
                merge(results("a", explored), results("b", OTHER_RUN)),
                "r is SAFE under TSO by exploration, and fails under stress in ");
    }

    @Test
    void witnessesComeAlongAndReplay() throws IOException {
        String race = "fast-gup/munmap/sbi-rfence/remove-page/sv39";
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Cli.run("explore", race, "--model", "sc", "--results", one);
        Cli.run("explore", race, "--model", "tso", "--results", other);
        assertEquals(0, merge(one, other).code());
        JsonNode explored = merged().path("races").path(0).path("explored");
        for (int model = 0; model < 2; model++) {
            Path witness = directory
                    .resolve("into")
                    .resolve(explored.path(model).path("witness").asString());
            assertEquals(0, Cli.run("replay", witness).code());
            assertTrue(Files.exists(Path.of(witness.toString().replace(".json", ".txt"))));
        }
    }

    @Test
    void aWitnessThatIsGoneIsNotNamed() throws IOException {
        String named = RUN.replace("\"outcomes\": []}", "\"outcomes\": [], \"witness\": \"witnesses/x.json\"}");
        Path one = results("a", named);
        Cli merge = merge(one, results("b", OTHER_RUN));
        assertEquals(
                "shootdown: " + one + " names 1 failing execution of which the file is not there\n",
                merge.err().replace("\r", ""));
        assertFalse(merged().path("races").path(0).path("explored").path(0).has("witness"));
        merge(results("a", named.replace("witnesses/x", "../x")), results("b", OTHER_RUN))
                .failed(2, "names a witness that is not in it: ../x.json");
    }

    @Test
    void pagesWithoutAPictureSaySo() throws IOException {
        Path run = directory.resolve("run");
        Cli.run("explore", "fast-gup/munmap/.*/remove-page/sv39", "--model", "sc", "--results", run);
        assertEquals("", Cli.run("report", "--results", run).err());
        List<Path> stale = spoiled(run.resolve("witnesses"));
        Cli report = Cli.run("report", "--results", run);
        Cli merge = merge(run, results("b", RUN));
        assertTrue(stale.size() > 4, stale::toString);
        assertAll(
                () -> assertEquals(2, report.code()),
                () -> assertTrue(report.err().startsWith("shootdown: no picture: witnesses/"), report.err()),
                () -> assertTrue(report.err().contains(".json cannot be run again: the replay of "), report.err()),
                () -> assertTrue(report.err().contains("no picture of " + (stale.size() - 3) + " more"), report.err()),
                () -> assertTrue(report.out().contains("Wrote "), report.out()),
                () -> assertEquals(2, merge.code()),
                () -> assertEquals(4, merge.err().lines().count(), merge.err()));
        String page = Files.readString(run.resolve("index.html"));
        stale.forEach(file -> assertTrue(page.contains("<code>witnesses/" + file.getFileName() + "</code>"), page));
    }

    /** Makes witnesses what they would be if another version had written them. */
    private static List<Path> spoiled(Path witnesses) throws IOException {
        try (Stream<Path> files = Files.list(witnesses)) {
            List<Path> all =
                    files.filter(each -> each.toString().endsWith(".json")).toList();
            for (Path file : all) {
                Files.writeString(file, Files.readString(file).replaceFirst("= 0x[0-9a-f]+\"", "= 0x777\""));
            }
            return all;
        }
    }

    @Test
    void unusableResultsAreRefused() throws IOException {
        Path good = results("a", RUN);
        merge(good, directory.resolve("none")).failed(2, "does not exist");
        merge(good, Files.createDirectories(directory.resolve("empty"))).failed(2, "does not exist");
        merge(good, results("b", RUN.substring(0, 400))).failed(2, "is cut short");
        merge(good, results("b", "{\"some\": \"thing\"}")).failed(2, "is no verdicts.json");
        merge(good, results("b", RUN.replace("\"schema\": 1", "\"schema\": 2"))).failed(2, "schema 2");
        merge(good, results("b", RUN.replace("\"TSO\"", "\"PSO\""))).failed(2, "is no verdicts.json");
        merge(good, results("b", "{\"schema\": 1}")).failed(2, "lacks environment");
        merge(good, results("b", RUN.replace("\"outcomes\": []", "\"outcomes\": [null]")))
                .failed(2, "lacks races[0].explored[0].outcomes[0]");
        Cli.run("merge", good).failed(2, "--into");
        Cli.run("merge").failed(2, "DIR");
        Cli.run("merge", good, "--into", good).failed(2, "is one of the directories to merge");
        Cli.run("merge", good, "--into", "/proc/nothing").failed(3, "broke");
        Cli.run("merge", good, "--into", results("b", RUN)).failed(2, "has the results of a run, which would be lost");
        String finding = "\"findings\": [{\"exitCode\": 7, \"sentence\": \"x\"}]";
        merge(good, results("b", RUN.replace("\"findings\": []", finding))).failed(2, "has the exit code 7");
    }

    @Test
    void writesThePagesAgainAsTheRunDid() throws IOException {
        Path results = directory.resolve("run");
        Cli.run("explore", "--mutator", "collapse", "--model", "sc", "--results", results);
        String summary = Files.readString(results.resolve("summary.md"));
        String page = Files.readString(results.resolve("index.html"));
        Path suite = results.resolve("junit/TEST-explore.xml");
        String cases = Files.readString(suite);
        Files.delete(suite);
        Files.delete(results.resolve("summary.md"));
        Files.writeString(results.resolve("index.html"), "");
        assertEquals(0, Cli.run("report", "--results", results).code());
        assertEquals(summary, Files.readString(results.resolve("summary.md")));
        assertEquals(page, Files.readString(results.resolve("index.html")));
        assertEquals(cases, Files.readString(suite));
        Cli.run("report", "--results", directory.resolve("none")).failed(2, "does not exist");
    }
}
