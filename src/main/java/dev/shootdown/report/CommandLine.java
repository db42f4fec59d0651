package dev.shootdown.report;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import dev.shootdown.stress.Profile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the user asked for.
 *
 * @param profile how much work the stress run does
 * @param results where reports go
 * @param tests which tests to run: those in whose name this is found
 * @param engines which engines take part
 * @param action whether to run at all
 */
record CommandLine(Profile profile, Path results, Pattern tests, Engines engines, Action action) {
    /** What to do. */
    enum Action {
        /** Run. */
        RUN,
        /** Explain the options. */
        HELP
    }

    private static final String OPTIONS = "--profile, --results, --tests, --engine, --help";
    private static final CommandLine USUAL =
            new CommandLine(Profile.DEFAULT, Path.of("results"), Pattern.compile(""), Engines.BOTH, Action.RUN);

    /**
     * Reads the arguments.
     *
     * @throws PlanException if they make no sense; the message names the valid choices
     */
    static CommandLine of(List<String> arguments) {
        CommandLine line = USUAL;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            line = line.with(rest.next(), rest);
        }
        return line;
    }

    private CommandLine with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--profile" -> new CommandLine(profile(value(option, rest)), results, tests, engines, action);
            case "--results" -> new CommandLine(profile, directory(value(option, rest)), tests, engines, action);
            case "--tests" -> new CommandLine(profile, results, pattern(value(option, rest)), engines, action);
            case "--engine" -> new CommandLine(profile, results, tests, engines(value(option, rest)), action);
            case "--help" -> new CommandLine(profile, results, tests, engines, Action.HELP);
            default -> throw bad("unknown option '" + option + "'; the options are " + OPTIONS);
        };
    }

    private static String value(String option, Iterator<String> rest) {
        try {
            return rest.next();
        } catch (NoSuchElementException e) {
            throw bad("option " + option + " needs a value; the options are " + OPTIONS);
        }
    }

    private static Profile profile(String label) {
        return Profile.named(label)
                .orElseThrow(() -> bad("unknown profile '" + label + "'; the profiles are " + Profile.choices()));
    }

    private static Engines engines(String label) {
        return Engines.named(label)
                .orElseThrow(() -> bad("unknown engine '" + label + "'; the engines are " + Engines.choices()));
    }

    private static Path directory(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw bad("'" + name + "' is not a directory name: " + e.getReason());
        }
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw bad("'" + regex + "' is not a regular expression: " + e.getDescription());
        }
    }

    private static PlanException bad(String message) {
        return new PlanException(ExitCode.BAD_INPUT, message);
    }

    /** The explanation of the options. */
    static String help() {
        return """
            Explores races exhaustively, stresses the tests on the class path, and judges what both show.

              --profile NAME   how much stress: %s (default: %s)
              --results DIR    where reports go (default: results)
              --tests REGEX    stress only tests in whose name this is found, and their broken twins; explore only the
                               races of these, and races in whose id this is found
              --engine NAME    %s (default: %s)
              --help           this text

            Exit codes: 0 all verdicts as expected; 1 a verdict is not as expected, or a failure that had to be seen
            was not; 2 wrong usage or input; 3 the run broke: something hung, crashed, or did not run.
            """.formatted(Profile.choices(), Profile.DEFAULT.label(), Engines.choices(), Engines.BOTH.label());
    }
}
