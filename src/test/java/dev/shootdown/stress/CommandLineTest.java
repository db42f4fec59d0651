package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static void assertRefused(String message, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        ExitCode code = StressMain.run(List.of(arguments), stream, stream);
        assertAll(
                () -> assertEquals(ExitCode.BAD_INPUT, code),
                () -> assertEquals(
                        "shootdown: " + message,
                        err.toString(StandardCharsets.UTF_8).strip()));
    }

    @Test
    void readsEveryOption() {
        CommandLine line = CommandLine.of(List.of("--profile", "thorough", "--results", "out", "--tests", "Free.*"));
        assertAll(
                () -> assertEquals(Profile.THOROUGH, line.profile()),
                () -> assertEquals(Path.of("out"), line.results()),
                () -> assertEquals("Free.*", line.tests().pattern()),
                () -> assertEquals(CommandLine.Action.RUN, line.action()));
    }

    @Test
    void runsTheDefaultProfileOfAllTestsByDefault() {
        CommandLine line = CommandLine.of(List.of());
        assertAll(
                () -> assertEquals(Profile.DEFAULT, line.profile()),
                () -> assertEquals(Path.of("results"), line.results()),
                () -> assertTrue(line.tests().matcher("anything").find()));
    }

    @Test
    void refusesWhatItDoesNotKnowAndNamesTheChoices() {
        assertRefused("unknown profile 'fast'; the profiles are smoke, default, bench, thorough", "--profile", "fast");
        assertRefused("unknown option '--verbose'; the options are --profile, --results, --tests, --help", "--verbose");
        assertRefused("option --tests needs a value; the options are --profile, --results, --tests, --help", "--tests");
        assertRefused("'(' is not a regular expression: Unclosed group", "--tests", "(");
    }

    @Test
    void explainsItself() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(ExitCode.AS_EXPECTED, StressMain.run(List.of("--help"), stream, stream));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("smoke, default, bench, thorough (default: default)"));
    }
}
