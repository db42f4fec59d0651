package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the results of a command go. */
final class ResultDirectory {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "shootdown-results",
            description = "Where verdicts.json, reports and witnesses go (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Path results;

    /** Makes sure that something can be written there, before the work begins. */
    ResultPaths paths() {
        if (Files.exists(results) && !Files.isDirectory(results)) {
            throw Names.bad("--results " + results + " is not a directory");
        }
        try {
            Files.createDirectories(results);
            Files.delete(Files.createTempFile(results, ".tmp-", ""));
        } catch (IOException e) {
            throw new PlanException(ExitCode.BROKEN, "--results " + results + " cannot be written: " + e);
        }
        return new ResultPaths(results);
    }
}
