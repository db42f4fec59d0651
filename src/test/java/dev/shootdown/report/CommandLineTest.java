package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Profile;
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
        ExitCode code = VerifyMain.run(List.of(arguments), stream, stream);
        assertAll(
                () -> assertEquals(ExitCode.BAD_INPUT, code),
                () -> assertEquals(
                        "shootdown: " + message,
                        err.toString(StandardCharsets.UTF_8).strip()));
    }

    @Test
    void readsEveryOption() {
        CommandLine line = CommandLine.of(
                List.of("--profile", "thorough", "--results", "out", "--tests", "Free.*", "--engine", "explore"));
        assertAll(
                () -> assertEquals(Profile.THOROUGH, line.profile()),
                () -> assertEquals(Path.of("out"), line.results()),
                () -> assertEquals("Free.*", line.tests().pattern()),
                () -> assertEquals(Engines.EXPLORE, line.engines()),
                () -> assertEquals(CommandLine.Action.RUN, line.action()));
    }

    @Test
    void runsTheDefaultProfileOfAllTestsByDefault() {
        CommandLine line = CommandLine.of(List.of());
        assertAll(
                () -> assertEquals(Profile.DEFAULT, line.profile()),
                () -> assertEquals(Path.of("results"), line.results()),
                () -> assertEquals(Engines.BOTH, line.engines()),
                () -> assertTrue(line.tests().matcher("anything").find()));
    }

    @Test
    void refusesWhatItDoesNotKnowAndNamesTheChoices() {
        assertRefused("unknown profile 'fast'; the profiles are smoke, default, bench, thorough", "--profile", "fast");
        assertRefused("unknown engine 'jpf'; the engines are explore, stress, both", "--engine", "jpf");
        assertRefused(
                "unknown option '--verbose'; the options are --profile, --results, --tests, --engine, --help",
                "--verbose");
        assertRefused(
                "option --tests needs a value; the options are --profile, --results, --tests, --engine, --help",
                "--tests");
        assertRefused("'(' is not a regular expression: Unclosed group", "--tests", "(");
    }

    @Test
    void eachChoiceOfEnginesNamesWhoTakesPart() {
        assertAll(
                () -> assertTrue(Engines.BOTH.explore() && Engines.BOTH.stress()),
                () -> assertTrue(Engines.EXPLORE.explore() && !Engines.EXPLORE.stress()),
                () -> assertTrue(!Engines.STRESS.explore() && Engines.STRESS.stress()));
    }

    @Test
    void refusesASelectionThatSelectsNothing() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        ExitCode code = VerifyMain.run(List.of("--engine", "explore", "--tests", "no-such-race"), stream, stream);
        String message = err.toString(StandardCharsets.UTF_8);
        assertEquals(ExitCode.BAD_INPUT, code);
        assertTrue(
                message.startsWith("shootdown: no race and no test matches 'no-such-race'; the races are: "), message);
    }

    @Test
    void explainsItself() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(ExitCode.AS_EXPECTED, VerifyMain.run(List.of("--help"), stream, stream));
        String help = out.toString(StandardCharsets.UTF_8);
        assertTrue(help.contains("smoke, default, bench, thorough (default: default)"), help);
        assertTrue(help.contains("explore, stress, both (default: both)"), help);
    }
}
