package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
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

    ResultPaths paths() {
        if (Files.exists(results) && !Files.isDirectory(results)) {
            throw Names.bad("--results " + results + " is not a directory");
        }
        return new ResultPaths(results);
    }
}
