package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Freeings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessFileTest {
    private static final Witness WITNESS = Witness.of(FOUNDING, Recordings.overtaken(FOUNDING));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("witness.json");
    }

    @Test
    void readsBackWhatItWroteAndLeavesNothingElse() throws IOException {
        Path deep = directory.resolve("a/b/witness.json");
        WitnessFile.write(deep, WITNESS);
        WitnessFile.write(deep, WITNESS);
        assertEquals(WITNESS, WitnessFile.read(deep));
        assertEquals(WITNESS, WitnessFile.read(deep, FOUNDING));
        try (Stream<Path> files = Files.list(deep.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theScheduleCanBeReadByPeople() {
        String text = WitnessFile.text(WITNESS);
        assertTrue(
                Pattern.compile("\"schedule\" : \"h0\\*5 h1\\*\\d+ h0\\*2\"")
                        .matcher(text)
                        .find(),
                text);
        assertTrue(text.contains("\"word\" : \"pte[1] of table 0x2000002\""), text);
        assertTrue(text.contains("\n    \"h0 LOAD 0x300 = 0x2000000\",\n"), text);
        assertTrue(text.length() < 4_096, () -> text.length() + " characters");
    }

    @Test
    void aFileThatIsNotThere() {
        assertUnusable("does not exist");
    }

    @Test
    void aFileThatCannotBeRead() throws IOException {
        Files.createDirectory(file);
        assertUnusable("cannot be read: ");
    }

    @Test
    void aFileThatCannotBeWritten() throws IOException {
        Files.createDirectories(file.resolve("child"));
        String message = assertThrows(WitnessException.class, () -> WitnessFile.write(file, WITNESS))
                .getMessage();
        assertTrue(message.contains("witness.json cannot be written: "), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 900, 1_500})
    void aFileThatIsCutShort(int length) throws IOException {
        Files.writeString(file, WitnessFile.text(WITNESS).substring(0, length));
        assertUnusable("is cut short: the JSON in it does not end");
    }

    @Test
    void aFileThatIsCutShortBetweenTwoEntries() throws IOException {
        String text = WitnessFile.text(WITNESS);
        Files.writeString(file, text.substring(0, text.indexOf(',') + 1));
        assertUnusable("is cut short: the JSON in it does not end");
    }

    @Test
    void aFileThatIsNotJson() throws IOException {
        Files.writeString(file, "hello");
        assertUnusable("is not JSON: ");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertUnusable("is not JSON: it is not even text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''; schema", "[1, 2]; schema", "{}; schema", "{\"schema\": 1}; schema", "null; schema"})
    void aFileThatIsNoWitness(String text, String part) throws IOException {
        Files.writeString(file, text);
        assertUnusable("is no usable witness: it has no text field " + part);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of(
                        "shootdown-witness/1",
                        "shootdown-witness/2",
                        "it is a witness of another version, shootdown-witness/2"),
                Arguments.of("shootdown-witness/1", "verdicts/1", "it is something else, verdicts/1"),
                Arguments.of(
                        "fast-gup/munmap",
                        "fast-gup/munmep",
                        "part 2 (mutator) is 'munmep', nearest is 'munmap'; valid are "),
                Arguments.of("\"SC\"", "\"PSO\"", "there is no memory model 'PSO', only [SC, TSO, WEAK]"),
                Arguments.of("h0*5 h1*", "h0*5 h7*", "' is not possible with 2 harts"),
                Arguments.of("h0*5 h1*", "h0*5 1x", "' is no run of steps"),
                Arguments.of("\"outcome\"", "\"outcom\"", "it has no field outcome"),
                Arguments.of(
                        "\"preemptions\" : 1",
                        "\"preemptions\" : \"1\"",
                        "its field preemptions is not a whole number"),
                Arguments.of("\"race\" : \"", "\"race\" : 7, \"x\" : \"", "its field race is not a text"),
                Arguments.of("\"steps\" : [", "\"steps\" : [ 1,", "its field steps is not a list of texts"),
                Arguments.of("\"violationStep\" : ", "\"violationStep\" : 9", "violationStep is 9"),
                Arguments.of("\"violation\" : {", "\"violation\" : 3, \"x\" : {", "it has no field step"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void aFileOfWhichSomethingIsWrong(String good, String bad, String why) throws IOException {
        String text = WitnessFile.text(WITNESS);
        assertTrue(text.contains(good), good);
        Files.writeString(file, text.replace(good, bad));
        assertUnusable(why);
    }

    @Test
    void aWitnessOfAnotherRaceThanAskedFor() {
        WitnessFile.write(file, WITNESS);
        String message = assertThrows(
                        WitnessException.class, () -> WitnessFile.read(file, FOUNDING.freeing(Freeings.REMOVE_TABLE)))
                .getMessage();
        assertTrue(message.contains("remove-page/sv39, not of fast-gup/munmap/sbi-rfence/remove-table"), message);
    }

    private void assertUnusable(String... parts) {
        String message = assertThrows(WitnessException.class, () -> WitnessFile.read(file))
                .getMessage();
        assertTrue(message.contains("witness.json"), message);
        assertTrue(!message.contains("\n"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), () -> message + " does not say: " + part);
        }
    }
}
