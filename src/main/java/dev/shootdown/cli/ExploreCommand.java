package dev.shootdown.cli;

import dev.shootdown.race.Race;
import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.ResultWriter;
import dev.shootdown.report.RunReport;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsJson;
import dev.shootdown.report.html.Undrawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs every interleaving of races, and says what came out. */
@Command(
        name = "explore",
        description = "Runs every interleaving of races under memory models.",
        footer = {
            "",
            "What was explored before is replaced, what was stressed stays. A run that is interrupted writes what it had"
                    + " under interrupted/ of its results."
        })
final class ExploreCommand extends Subcommand {
    @Mixin
    private final RaceFilters filters = new RaceFilters();

    @Mixin
    private final HartCount harts = new HartCount();

    @Mixin
    private final ExploreOptions options = new ExploreOptions();

    @Mixin
    private final ResultDirectory results = new ResultDirectory();

    @Option(names = "--timeline", description = "Print each failing execution.")
    private boolean timeline;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Race> races = harts.of(filters.select(), this::note);
        ResultPaths paths = results.paths();
        StoredResults before = StoredResults.in(paths);
        ExploreJob job =
                new ExploreJob(races, options.models(), options.bounds(), report -> interrupted(report, paths));
        Progress progress =
                new Progress(err(), screen(), races.size() * job.models().size());
        ExploreConsole console = new ExploreConsole(paths, progress, this::coloured, this::say);
        RunReport report = job.run(console, console);
        VerdictsDocument document = before.withExploration(VerdictsJson.document(report));
        List<Undrawn> undrawn = ResultWriter.write(document, paths);
        finish(document, paths);
        return ended(document, undrawn);
    }

    private void finish(VerdictsDocument document, ResultPaths paths) throws IOException {
        if (isJson()) {
            out().print(VerdictsJson.text(document));
            return;
        }
        if (timeline) {
            for (Path text : timelines(document, paths)) {
                out().println();
                out().print(Files.readString(text));
            }
        }
        printFindings(document);
        out().println("Wrote " + paths.page() + ".");
    }

    private static List<Path> timelines(VerdictsDocument document, ResultPaths paths) {
        return document.races().stream()
                .flatMap(race -> race.explored().stream())
                .map(VerdictsDocument.Explored::witness)
                .filter(witness -> witness != null)
                .map(witness -> SavedWitnesses.timelineOf(paths.root().resolve(witness)))
                .toList();
    }

    private void interrupted(RunReport report, ResultPaths paths) {
        err().println();
        try {
            ResultWriter.write(VerdictsJson.document(report), paths.interrupted());
            note(report.findings().getFirst().sentence() + " What was found is in "
                    + paths.interrupted().root() + ".");
        } catch (IOException e) {
            note("interrupted, and what was found cannot be written: " + e);
        }
    }
}
