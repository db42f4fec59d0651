package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Race;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.ListedTest;
import dev.shootdown.stress.StressPlan;
import dev.shootdown.stress.StressRace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifySessionTest {
    private static final WitnessFiles WITNESSES =
            (race, model, exploration) -> Optional.of(Path.of("witnesses", model.name()));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Claims a race, and cannot be run. */
    static final class Claimant {
        static final StressRace RACE = StressRace.of(Reports.BROKEN);
    }

    private ExitCode run(List<Race> races, Optional<StressPlan> stress, WitnessFiles witnesses, Path results)
            throws Exception {
        String engine = stress.isPresent() ? "both" : "explore";
        CommandLine line = CommandLine.of(List.of("--engine", engine, "--results", results.toString()));
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new VerifySession(new RunPlan(races, stress, List.of()), line, witnesses, out).run();
    }

    private static JsonNode verdicts(Path results) {
        return JsonMapper.shared().readTree(results.resolve("verdicts.json"));
    }

    private static String page(Path results) throws IOException {
        return Files.readString(results.resolve("index.html"));
    }

    private static Optional<StressPlan> claimant() {
        ListedTest test = new ListedTest("toy.Claimant", Claimant.class.getName(), 2);
        return Optional.of(StressPlan.of(List.of(test), VerifySessionTest.class.getClassLoader(), Pattern.compile("")));
    }

    @Test
    void exploringAloneWritesAllResults(@TempDir Path results) throws Exception {
        run(Reports.PLANNED, Optional.empty(), WITNESSES, results);
        JsonNode document = verdicts(results);
        JsonNode broken = document.path("races").path(1);
        String console = bytes.toString(StandardCharsets.UTF_8);
        assertAll(
                () -> assertEquals("COMPLETE", document.path("completeness").asString()),
                () -> assertEquals(2, document.path("races").size()),
                () -> assertFalse(broken.has("stressed")),
                () -> assertEquals(
                        "UNSAFE",
                        broken.path("explored").path(0).path("verdict").asString()),
                () -> assertEquals(
                        "witnesses/SC",
                        broken.path("explored").path(0).path("witness").asString()),
                () -> assertTrue(Files.exists(results.resolve("summary.md"))),
                () -> assertTrue(Files.exists(results.resolve("junit/TEST-explore.xml"))),
                () -> assertTrue(page(results).contains(Reports.BROKEN.id())),
                () -> assertTrue(page(results).contains("\"junit/TEST-explore.xml\"")),
                () -> assertTrue(console.contains("explored TSO: 2 races, 2 as expected; "), console),
                () -> assertTrue(console.contains(Reports.BROKEN.id() + "  UNSAFE from SC  UNSAFE ("), console));
    }

    @Test
    void aStressRunThatBreaksLosesNothingThatWasExplored(@TempDir Path results) throws Exception {
        Files.writeString(results.resolve("crashed"), "in the way of a directory");
        ExitCode code = run(Reports.PLANNED, claimant(), WitnessFiles.NONE, results);
        JsonNode document = verdicts(results);
        assertAll(
                () -> assertEquals(ExitCode.BROKEN, code),
                () -> assertTrue(document.path("findings").toString().contains("The stress run broke off: ")),
                () -> assertTrue(page(results).contains("The stress run broke off: ")),
                () -> assertEquals(
                        "UNSAFE",
                        document.path("races")
                                .path(1)
                                .path("explored")
                                .path(0)
                                .path("verdict")
                                .asString()));
    }

    @Test
    @Tag("slow")
    void racesWithoutATestAreStressedInThisVm(@TempDir Path results) throws Exception {
        CommandLine line = CommandLine.of(
                List.of("--profile", "thorough", "--engine", "explore", "--results", results.toString()));
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        RunPlan plan = new RunPlan(List.of(Reports.BROKEN), Optional.empty(), List.of(Reports.BROKEN));
        ExitCode code = new VerifySession(plan, line, WITNESSES, out).run();
        JsonNode race = verdicts(results).path("races").path(0);
        String summary = Files.readString(results.resolve("summary.md"));
        String console = bytes.toString(StandardCharsets.UTF_8);
        assertAll(
                () -> assertEquals(ExitCode.AS_EXPECTED, code, console),
                () -> assertEquals(1, verdicts(results).path("races").size()),
                () -> assertEquals(3, race.path("explored").size()),
                () -> assertEquals(
                        "UNSAFE", race.path("stressed").path("verdict").asString()),
                () -> assertEquals(
                        Reports.BROKEN.id(), race.path("stressed").path("test").asString()),
                () -> assertTrue(summary.contains("UNSAFE (nothing) =, stressed here |"), summary),
                () -> assertTrue(page(results).contains("threads of the run’s own VM")),
                () -> assertTrue(Files.exists(results.resolve("junit/TEST-stress.xml"))),
                () -> assertTrue(console.contains("Stressed in this VM: 1 race more, 1 as expected."), console));
    }

    @Test
    void anExplorationThatBreaksOffIsAFinding(@TempDir Path results) throws Exception {
        WitnessFiles broken = (race, model, exploration) -> {
            throw new IllegalStateException("the disk is full");
        };
        ExitCode code = run(Reports.PLANNED, Optional.empty(), broken, results);
        String sentence =
                verdicts(results).path("findings").path(0).path("sentence").asString();
        assertEquals(ExitCode.BROKEN, code);
        assertTrue(sentence.startsWith("Exploration broke off: "), sentence);
        assertTrue(sentence.contains("the disk is full"), sentence);
    }

    @Test
    void nothingToExploreIsABrokenRun(@TempDir Path results) throws Exception {
        assertEquals(ExitCode.BROKEN, run(List.of(), Optional.empty(), WitnessFiles.NONE, results));
    }
}
