package dev.shootdown.cli;

import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.ResultWriter;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsJson;
import dev.shootdown.report.html.Undrawn;
import dev.shootdown.stress.Numbers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs races on threads of this machine. */
@Command(
        name = "stress",
        description = "Runs races on threads of this machine, again and again.",
        footer = {
            "",
            "What was explored before stays in the results. A run that is interrupted writes what it had under"
                    + " interrupted/ of them. Silence is no proof, and the machine should do nothing else."
        })
final class StressCommand extends Subcommand {
    private static final int LONGEST_SECONDS = 86_400;

    @Mixin
    private final RaceFilters filters = new RaceFilters();

    @Mixin
    private final ResultDirectory results = new ResultDirectory();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long for each race, at most a day (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws IOException {
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw Names.bad("--seconds must be 1 to " + LONGEST_SECONDS + ", not " + seconds);
        }
        List<Race> races = filters.select();
        ResultPaths paths = results.paths();
        StressJob job = new StressJob(StoredResults.in(paths), races);
        try (Interruption _ = Interruption.watch(() -> interrupted(job, paths))) {
            run(races, job);
        }
        VerdictsDocument document = job.document();
        List<Undrawn> undrawn = ResultWriter.write(document, paths);
        if (isJson()) {
            out().print(VerdictsJson.text(document));
        } else {
            printFindings(document);
            out().println("Wrote " + paths.page() + ".");
        }
        return ended(document, undrawn);
    }

    private void run(List<Race> races, StressJob job) {
        Progress progress = new Progress(err(), screen(), races.size());
        for (Race race : races) {
            String line = job.stress(race, Duration.ofSeconds(seconds))
                    .map(this::line)
                    .orElseGet(() -> coloured("bold,red", "BROKE") + "  " + race.id());
            progress.clear();
            say(line);
            progress.step("stressing");
        }
        progress.clear();
    }

    private String line(Stressed seen) {
        String mark = seen.findings().isEmpty() ? coloured("green", "as expected") : coloured("bold,red", "DISAGREES");
        return String.format(
                Locale.ROOT,
                "%-12s %7s samples %7s failed %7s contended  expected %-14s  %s  %s",
                seen.verdict(),
                Numbers.compact(seen.samples()),
                Numbers.compact(seen.failures()),
                Numbers.compact(seen.contended()),
                StressJob.expected(seen.race()),
                mark,
                seen.race().id());
    }

    private void interrupted(StressJob job, ResultPaths paths) {
        err().println();
        try {
            VerdictsDocument partial = job.interrupted();
            ResultWriter.write(partial, paths.interrupted());
            note(partial.findings().getLast().sentence() + " What was seen is in "
                    + paths.interrupted().root() + ".");
        } catch (IOException e) {
            note("interrupted, and what was seen cannot be written: " + e);
        }
    }
}
