package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.ResultWriter;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsFile;
import dev.shootdown.report.VerdictsJson;
import dev.shootdown.report.html.Undrawn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the reports of a run again, from its {@code verdicts.json}. */
@Command(
        name = "report",
        description = "Writes the pages and JUnit suites of a run again, from its verdicts.json.",
        footer = {
            "",
            "A failing execution that cannot be run again has no picture on the page. What is wrong with its file is said,"
                    + " and the exit code is that of the run or, if that is 0, 2."
        })
final class ReportCommand extends Subcommand {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "results",
            description = "Where verdicts.json is (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Path results;

    @Override
    public Integer call() throws IOException {
        ResultPaths paths = ResultPaths.of(results);
        VerdictsDocument document = VerdictsFile.read(paths.verdicts());
        List<Undrawn> undrawn = ResultWriter.writeAgain(document, paths);
        if (isJson()) {
            out().print(VerdictsJson.text(document));
        } else {
            printFindings(document);
            out().println("Wrote " + paths.page() + ".");
        }
        return ended(document, undrawn);
    }
}
