package dev.shootdown.explore;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model checker Spin, where it is installed: makes a verifier of a Promela model, compiles it and runs it.
 *
 * @param spin the program {@code spin}
 * @param compiler a C compiler
 */
record Spin(Path spin, Path compiler) {
    private static final String FOLDER = "/dev/shootdown/spin/";
    private static final List<String> FILES = List.of("hart.pml", "tables.pml", "remove-page.pml", "remove-table.pml");
    private static final int SECONDS_FOR_EACH_PROGRAM = 30;

    /** What Spin found: the properties that do not hold, and the statements that no execution reached. */
    record Report(String output) {
        private static final Pattern FAILURE = Pattern.compile("pan:\\d+: (.*) \\(at depth -?\\d+\\)");
        private static final Pattern ASSERTION = Pattern.compile("assertion violated +!\\((\\w+)\\)");
        private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
        private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
        private static final Pattern UNREACHED = Pattern.compile("\\((\\d+) of \\d+ states\\)");

        /** The names of the assertions that fail, and {@code invalid end state} if processes can wait for each other. */
        Set<String> failures() {
            return matches(FAILURE)
                    .map(failure -> ASSERTION.matcher(failure).replaceFirst("$1"))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** How many failing executions were met; Spin names a failure only where it differs from the one before. */
        long errors() {
            return matches(ERRORS).mapToLong(Long::parseLong).sum();
        }

        long states() {
            return matches(STATES).mapToLong(Long::parseLong).sum();
        }

        long unreachedStatements() {
            return matches(UNREACHED).mapToLong(Long::parseLong).sum();
        }

        /** Whether every state was visited. */
        boolean isExhaustive() {
            return output.contains("Full statespace search")
                    && Stream.of("not completed", "too small", "out of memory").noneMatch(output::contains);
        }

        /** The first group of each match. */
        private Stream<String> matches(Pattern pattern) {
            return pattern.matcher(output).results().map(match -> match.group(1));
        }
    }

    /** What is needed and cannot be found, in words; empty if everything is there. */
    static String missing() {
        List<String> missing = new ArrayList<>();
        if (onPath("spin").isEmpty()) {
            missing.add("spin");
        }
        if (compilerOnPath().isEmpty()) {
            missing.add("gcc or cc");
        } else if (!findsHeaders(compilerOnPath().get())) {
            missing.add("the headers of the C library");
        }
        return String.join(", ", missing);
    }

    /** A compiler may be installed without them. */
    private static boolean findsHeaders(Path compiler) {
        try {
            Process process = new ProcessBuilder(
                            compiler.toString(), "-E", "-x", "c", "-include", "stdio.h", "/dev/null")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SECONDS_FOR_EACH_PROGRAM, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Spin as found on the path; throws if something is {@link #missing}. */
    static Spin find() {
        return new Spin(onPath("spin").orElseThrow(), compilerOnPath().orElseThrow());
    }

    private static Optional<Path> compilerOnPath() {
        return onPath("gcc").or(() -> onPath("cc"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Visits every state of a model under preprocessor definitions. All failures are looked for, not just the first. */
    Report verify(Path scratch, String model, List<String> definitions) throws IOException, InterruptedException {
        copyModels(scratch);
        run(scratch, generate(model, definitions));
        // Safety only, and no reduction: the state space is small, and nothing has to be believed about it.
        run(scratch, List.of(compiler.toString(), "-O0", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"));
        return new Report(run(scratch, List.of(scratch.resolve("pan").toString(), "-c0", "-w18", "-m100000")));
    }

    private static void copyModels(Path scratch) throws IOException {
        for (String file : FILES) {
            try (InputStream source = Spin.class.getResourceAsStream(FOLDER + file)) {
                Files.copy(Objects.requireNonNull(source, file), scratch.resolve(file));
            }
        }
    }

    /** With the compiler as preprocessor: by default Spin looks for one named gcc. */
    private List<String> generate(String model, List<String> definitions) {
        List<String> command = new ArrayList<>(List.of(spin.toString(), "-a", "-P" + compiler + " -E -x c"));
        definitions.forEach(definition -> command.add("-D" + definition));
        command.add(model);
        return command;
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS_FOR_EACH_PROGRAM, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(
                        command + (ended ? " failed:\n" : " takes too long:\n") + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
