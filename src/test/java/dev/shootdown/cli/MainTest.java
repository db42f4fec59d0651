package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    private static final String BROKEN = "fast-gup/munmap/sbi-rfence/remove-page/sv39";

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file.json"), text);
    }

    private Path witness() {
        assertEquals(0, explore(BROKEN, "--model", "SC").code());
        return directory.resolve("witnesses").resolve(BROKEN.replace('/', '.') + ".sc.json");
    }

    private Cli explore(Object... arguments) {
        return Cli.run(Stream.concat(Stream.of("explore", "--results", directory), Stream.of(arguments))
                .toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "list", "explore", "stress", "matrix", "replay", "report", "merge"})
    void everyCommandExplainsItself(String command) {
        Cli help = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("Exit codes:"), help.out());
        assertTrue(help.out().startsWith("Usage: shootdown"), help.out());
    }

    @Test
    void listsWhatThereIs() {
        assertEquals(
                List.of("fast-gup", "rcu-walk", "hardware"),
                Cli.run("list", "WALKERS").out().lines().toList());
        assertTrue(Cli.run("list").out().contains("strategies:"));
        assertEquals(
                Shootdowns.values().length,
                JsonMapper.shared()
                        .readTree(Cli.run("list", "dispatchers", "--json").out())
                        .path("dispatchers")
                        .size());
    }

    @Test
    void theMuseumIsListedExploredAndReplayed() {
        assertTrue(Cli.run("list", "scenarios")
                .out()
                .lines()
                .anyMatch(each -> each.startsWith("1 ") && each.contains("; freer: ")));
        Cli explored = explore("--mutator", "retract-under-both-locks", "--model", "sc");
        assertEquals(0, explored.code(), explored.err());
        Cli replayed = Cli.run(
                "replay",
                directory.resolve("witnesses/fast-gup.retract-under-both-locks.sbi-rfence.remove-page.sv39.sc.json"));
        assertEquals(0, replayed.code(), replayed.err());
        assertTrue(replayed.out().contains("With mutator RETRACT_"), replayed.out());
    }

    @Test
    void exploresAndWritesWitnessesThatReplay() {
        Path witness = witness();
        Cli replayed = Cli.run("replay", witness);
        assertAll(
                () -> assertEquals(0, replayed.code(), replayed.err()),
                () -> assertTrue(replayed.out().contains("READ_FREED_TABLE at step "), replayed.out()),
                () -> assertTrue(replayed.out().contains("With freeing REMOVE_TABLE instead"), replayed.out()),
                () -> assertTrue(replayed.out().contains("Replayed: the same "), replayed.out()));
    }

    @Test
    void aReplayUnderTheWeakModelSaysHowThatDiffers() {
        String race = "fast-gup/populate/s-mode-ipi/remove-page/sv39/publish=zero-then-plain";
        Cli explored = explore(race, "--model", "weak");
        assertEquals(0, explored.code(), explored.err());
        Path file = directory.resolve("witnesses/" + race.replace('/', '.') + ".weak.json");
        JsonNode replayed =
                JsonMapper.shared().readTree(Cli.run("replay", file, "--json").out());
        JsonNode strong = JsonMapper.shared()
                .readTree(Cli.run("replay", witness(), "--json").out());
        assertAll(
                () -> assertEquals(
                        MemoryModel.WEAK.caveat().orElseThrow(),
                        replayed.path("caveat").asString()),
                () -> assertFalse(strong.has("caveat")));
    }

    @Test
    void saysHowToReplay() {
        Cli explored = explore(BROKEN, "--model", "tso", "--timeline");
        assertAll(
                () -> assertTrue(explored.out().contains("UNSAFE"), explored.out()),
                () -> assertTrue(explored.out().contains("as expected  " + BROKEN), explored.out()),
                () -> assertTrue(explored.out().contains("shootdown replay " + directory), explored.out()),
                () -> assertTrue(explored.out().contains("kernel function"), explored.out()));
    }

    @Test
    void filtersByEitherSpelling() {
        Cli explored = explore(
                "--walker",
                "FAST_GUP",
                "--freeing",
                "remove-table",
                "--shootdown",
                "sbi-rfence",
                "--satp",
                "sv39",
                "--model",
                "SC",
                "--json");
        JsonNode races = JsonMapper.shared().readTree(explored.out()).path("races");
        assertFalse(races.isEmpty());
        assertTrue(races.valueStream()
                .allMatch(race -> race.path("freeing").asString().equals("REMOVE_TABLE")));
    }

    @Test
    void buildServersGetJUnitSuites() throws IOException {
        explore(BROKEN, "--model", "sc", "--bound", "1");
        String suite = Files.readString(directory.resolve("junit/TEST-explore.xml"));
        String page = Files.readString(directory.resolve("index.html"));
        assertAll(
                () -> assertTrue(
                        suite.contains("<testcase classname=\"explore\" name=\"" + BROKEN + " under SC\""), suite),
                () -> assertTrue(suite.contains("INCONCLUSIVE"), suite),
                () -> assertTrue(suite.contains("<failure message="), suite),
                () -> assertTrue(page.contains("href=\"junit/TEST-explore.xml\""), page));
    }

    @Test
    void setsTheNumberOfHarts() {
        Cli explored = explore(BROKEN, "--harts", "3", "--model", "SC");
        assertTrue(explored.out().contains(BROKEN + "/walkers=2"), explored.out());
    }

    @Test
    void racesThatCannotHaveSoManyHartsAreLeftOutAndCounted() {
        Cli explored = explore("collapse", BROKEN, "--harts", "3", "--model", "SC");
        assertTrue(explored.err().contains(" left out, such as fast-gup/collapse/"), explored.err());
        assertEquals(0, explored.code());
    }

    @Test
    void aBoundThatIsHitIsNotAsExpected() {
        Cli explored = explore("fast-gup/munmap/sbi-rfence/remove-table/sv39", "--model", "SC", "--bound", "1");
        assertTrue(explored.out().contains("INCONCLUSIVE"), explored.out());
        assertTrue(explored.code() != 0);
    }

    @Tag("slow")
    @Test
    void showsTheMatrix() {
        Cli matrix = Cli.run("matrix", "--model", "sc");
        assertEquals(0, matrix.code(), matrix.out());
        assertEquals(
                1 + Walkers.values().length * Freeings.values().length,
                matrix.out().lines().count());
        assertFalse(matrix.out().contains(" not "));
    }

    @Test
    void badUsageNamesTheChoices() {
        Cli.run().failed(2, "name a command: list, explore");
        Cli.run("explor").failed(2, "unknown command 'explor', nearest is 'explore'; valid are list, explore, stress");
        Cli.run("explore", "--modle", "sc").failed(2, "unknown option '--modle', nearest is '--model'; valid are ");
        Cli.run("replay", "a", "b").failed(2, "there is one argument too many, 'b'");
        Cli.run("explore", "").failed(2, "a race is given that is empty");
        Cli.run("explore", "--walker", "fast-gap").failed(2, "nearest is 'fast-gup'; valid are fast-gup, rcu-walk");
        Cli.run("explore", "--model", "RVWMO").failed(2, "valid are sc, tso, weak");
        Cli.run("explore", "--bound", "0").failed(2, "at least 1");
        Cli.run("explore", "--bound", "many").failed(2, "--bound");
        Cli.run("explore", BROKEN, "--harts", "9").failed(2, "--harts must be 2 to 5, not 9");
        Cli.run("explore", BROKEN, "--harts", "1").failed(2, "--harts must be 2 to 5, not 1");
        Cli.run("explore", BROKEN, "--harts", "two").failed(2, "--harts");
        Cli.run("explore", "fast-gup/collapse/s-mode-ipi/remove-page/sv39", "--harts", "3")
                .failed(2, "--harts 3 does not go with fast-gup/collapse");
        Cli.run("explore", "nosuchrace").failed(2, "nearest is '");
        Cli.run("explore", "a(").failed(2, "regular expression");
        Cli.run("explore", "fast-gup/munmap/sbi-rfence/remove-pag/sv39").failed(2, "nearest is 'remove-page'");
        Cli.run("explore", BROKEN + "/victim=pud").failed(2, "no PUD table can be freed");
        Cli.run("explore", "--walker", "rcu-walk", "--mutator", "collapse", "--freeing", "static-key")
                .failed(2, "there are some without --mutator or without --freeing");
        Cli.run("list", "walkerz").failed(2, "nearest is 'walkers'");
        Cli.run("stress", "--seconds", "0").failed(2, "--seconds must be 1 to 86400, not 0");
        Cli.run("stress", "--seconds", "86401").failed(2, "--seconds must be 1 to 86400");
    }

    @Test
    void filesThatAreNoWitnessesAreRefused() throws IOException {
        Cli.run("replay", directory.resolve("none.json")).failed(2, "does not exist");
        Cli.run("replay", directory).failed(2, "cannot be read");
        Cli.run("replay", "/proc/self/exe").failed(2, "is not JSON");
        Cli.run("replay", file("no JSON")).failed(2, "is not JSON");
        Cli.run("replay", file("{\"schema\": 1}")).failed(2, "is no usable witness");
        String text = Files.readString(witness());
        Cli.run("replay", file(text.substring(0, text.length() / 2))).failed(2, "is cut short");
    }

    @Test
    void aWitnessThatDivergesIsNotAsExpected() throws IOException {
        String text = Files.readString(witness());
        Cli.run("replay", file(text.replaceFirst("= 0x[0-9a-f]+\"", "= 0x777\"")))
                .failed(2, "file.json cannot be run again, it is of another version or was changed: the replay of ");
    }

    @Test
    void resultsThatCannotBeWrittenBreakTheRun() throws IOException {
        Cli.run("explore", BROKEN, "--results", file("in the way")).failed(2, "is not a directory");
        Cli explored = Cli.run("explore", BROKEN, "--model", "sc", "--results", "/proc/nothing");
        assertEquals(3, explored.code());
        assertTrue(explored.err().contains("--results /proc/nothing cannot be written"), explored.err());
        assertEquals(1, explored.err().lines().count(), explored.err());
        Cli.run("stress", BROKEN, "--results", "/proc/nothing").failed(3, "cannot be written");
    }

    @Test
    void outputThatCannotBeWrittenBreaksTheRun() throws IOException {
        StringWriter err = new StringWriter();
        try (PrintWriter full = new PrintWriter(Files.newBufferedWriter(Path.of("/dev/full")))) {
            assertEquals(3, Main.run(List.of("list"), full, new PrintWriter(err)));
        }
        assertTrue(err.toString().contains("could not be written"), err.toString());
    }
}
