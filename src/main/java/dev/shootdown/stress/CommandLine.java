package dev.shootdown.stress;

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
 * @param profile how much work to do
 * @param results where reports go
 * @param tests which tests to run: those in whose name this is found
 * @param action whether to run at all
 */
record CommandLine(Profile profile, Path results, Pattern tests, Action action) {
    /** What to do. */
    enum Action {
        /** Run the tests. */
        RUN,
        /** Explain the options. */
        HELP
    }

    private static final String OPTIONS = "--profile, --results, --tests, --help";

    /**
     * Reads the arguments.
     *
     * @throws PlanException if they make no sense; the message names the valid choices
     */
    static CommandLine of(List<String> arguments) {
        CommandLine line = new CommandLine(Profile.DEFAULT, Path.of("results"), Pattern.compile(""), Action.RUN);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            line = line.with(rest.next(), rest);
        }
        return line;
    }

    private CommandLine with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--profile" -> new CommandLine(profile(value(option, rest)), results, tests, action);
            case "--results" -> new CommandLine(profile, directory(value(option, rest)), tests, action);
            case "--tests" -> new CommandLine(profile, results, pattern(value(option, rest)), action);
            case "--help" -> new CommandLine(profile, results, tests, Action.HELP);
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
            Runs the stress tests on the class path and judges what they show.

              --profile NAME   how much work: %s (default: %s)
              --results DIR    where reports go (default: results)
              --tests REGEX    only tests in whose name this is found, and their broken twins
              --help           this text

            Exit codes: 0 all verdicts as expected; 1 a verdict is not as expected, or a failure that had to be seen
            was not; 2 wrong usage or input; 3 the run broke: something hung, crashed, or did not run.
            """.formatted(Profile.choices(), Profile.DEFAULT.label());
    }
}
