package dev.shootdown.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("slow")
class StressCommandTest {
    private static final String BROKEN = "fast-gup/munmap/sbi-rfence/remove-page/sv39";

    @TempDir
    private Path directory;

    private Cli run(String command, Object... arguments) {
        return Cli.run(Stream.concat(Stream.of(command, "--results", directory), Stream.of(arguments))
                .toArray());
    }

    private JsonNode race() {
        return JsonMapper.shared()
                .readTree(directory.resolve("verdicts.json"))
                .path("races")
                .path(0);
    }

    @Test
    void seesABrokenRaceFailAndWritesItDown() throws IOException {
        Cli stress = run("stress", BROKEN, "--seconds", "1");
        JsonNode seen = race().path("stressed");
        assertAll(
                () -> assertTrue(stress.out().startsWith("UNSAFE "), stress.out()),
                () -> assertEquals("UNSAFE", seen.path("verdict").asString()),
                () -> assertTrue(seen.path("forbidden").asLong() > 0),
                () -> assertTrue(seen.path("statistics").has("freedInSample"), seen::toString),
                () -> assertTrue(
                        seen.path("samples").asLong() >= seen.path("contended").asLong()),
                () -> assertEquals(
                        seen.path("forbidden").asLong(),
                        seen.path("outcomes").path("READ_FREED_TABLE").asLong()));
        String suite = Files.readString(directory.resolve("junit/TEST-stress.xml"));
        assertTrue(suite.contains("<testcase classname=\"stress\" name=\"" + BROKEN + "\""), suite);
        assertTrue(Files.readString(directory.resolve("summary.md")).contains("| " + BROKEN + " | " + BROKEN + " |"));
    }

    @Test
    void eachEngineKeepsWhatTheOtherFound() {
        run("explore", BROKEN, "--model", "sc");
        run("stress", BROKEN, "--seconds", "1");
        assertEquals(1, race().path("explored").size());
        assertTrue(race().has("stressed"));
        run("explore", BROKEN, "--model", "sc,tso");
        assertEquals(2, race().path("explored").size());
        assertTrue(race().has("stressed"));
    }

    @Test
    void stressingAgainReplacesWhatWasSeenAndSaid() throws IOException {
        run("stress", BROKEN, "--seconds", "1");
        Path verdicts = directory.resolve("verdicts.json");
        JsonNode document = JsonMapper.shared().readTree(verdicts);
        ((ObjectNode) document.path("races").path(0).path("stressed")).put("samples", 1);
        ((ArrayNode) document.path("findings"))
                .addObject()
                .put("test", BROKEN)
                .put("exitCode", 3)
                .put("sentence", "It broke then.");
        Files.writeString(verdicts, document.toString());
        Cli again = run("stress", BROKEN, "--seconds", "1");
        assertTrue(race().path("stressed").path("samples").asLong() > 1);
        assertFalse(again.out().contains("It broke then."), again.out());
    }

    @Test
    void printsTheDocumentAsJson() {
        Cli stress = run("stress", BROKEN, "--seconds", "1", "--json");
        assertTrue(
                JsonMapper.shared().readTree(stress.out()).path("races").path(0).has("stressed"));
    }

    @Test
    void resultsOfOthersAreLeftAlone() throws IOException {
        run("explore", BROKEN, "--model", "sc");
        Path verdicts = directory.resolve("verdicts.json");
        String own = Files.readString(verdicts);
        Files.writeString(verdicts, own.replaceFirst("\"jdk\" : \"", "\"jdk\" : \"Other "));
        run("stress", BROKEN).failed(2, "has results of another machine or JDK");
        Files.writeString(verdicts, own.substring(0, own.length() / 2));
        run("explore", BROKEN).failed(2, "is cut short");
        assertFalse(Files.exists(directory.resolve("interrupted")));
    }
}
