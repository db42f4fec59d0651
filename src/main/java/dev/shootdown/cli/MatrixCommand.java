package dev.shootdown.cli;

import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.race.Walkers;
import dev.shootdown.report.Explorations;
import dev.shootdown.report.ExploreProgress.Screen;
import dev.shootdown.report.RunReport;
import dev.shootdown.report.StageListener;
import dev.shootdown.report.TextTable;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsJson;
import dev.shootdown.report.WitnessFiles;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Walkers by free strategies by dispatchers: what must come out, and what does. */
@Command(name = "matrix", description = "Explores walkers x dispatchers x free strategies, and shows a table.")
final class MatrixCommand extends Subcommand implements StageListener {
    @Mixin
    private final ExploreOptions options = new ExploreOptions();

    private Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), Screen.PLAIN, 1);

    @Override
    public Integer call() throws InterruptedException {
        List<Race> races = new ArrayList<>();
        for (Walkers walker : Walkers.values()) {
            for (Freeings freeing : Freeings.values()) {
                races.addAll(row(walker, freeing));
            }
        }
        ExploreJob job = new ExploreJob(races, options.models(), options.bounds(), this::interrupted);
        progress = new Progress(err(), screen(), races.size() * job.models().size());
        RunReport report = job.run(WitnessFiles.NONE, this);
        print(report);
        return report.exitCode().number();
    }

    private void interrupted(RunReport report) {
        err().println();
        note(report.findings().getFirst().sentence());
        print(report);
        out().flush();
    }

    private void print(RunReport report) {
        VerdictsDocument document = VerdictsJson.document(report);
        if (isJson()) {
            out().print(VerdictsJson.text(document));
        } else {
            report.explored().ifPresent(explored -> print(table(explored, options.models())));
            options.models().stream().flatMap(model -> model.caveat().stream()).forEach(out()::println);
            printFindings(document);
        }
    }

    private static List<Race> row(Walkers walker, Freeings freeing) {
        List<Race> row = new ArrayList<>();
        for (Shootdowns shootdown : Shootdowns.values()) {
            Race race = Race.of(walker).freeing(freeing).shootdown(shootdown);
            row.add(
                    shootdown == Shootdowns.LOCAL_ONLY
                            ? race.where(conditions -> conditions.withMask(WalkerMask.SWITCHES_IN))
                            : race);
        }
        return row;
    }

    private static List<String> table(Explorations explored, List<MemoryModel> models) {
        List<String> header = new ArrayList<>(List.of("walker", "freeing"));
        header.addAll(Names.all(Shootdowns.values()));
        List<List<String>> rows = new ArrayList<>();
        for (Walkers walker : Walkers.values()) {
            for (Freeings freeing : Freeings.values()) {
                List<String> cells = new ArrayList<>(List.of(Names.kebab(walker), Names.kebab(freeing)));
                row(walker, freeing).forEach(race -> cells.add(cell(race, explored, models)));
                rows.add(cells);
            }
        }
        return TextTable.lines(header, rows);
    }

    private static String cell(Race race, Explorations explored, List<MemoryModel> models) {
        List<ExploredRace> found = models.stream()
                .flatMap(model -> explored.of(race.id(), model).stream())
                .toList();
        boolean agrees = found.stream().allMatch(ExploredRace::isAsExpected);
        if (found.isEmpty()) {
            return "not run";
        }
        if (agrees && found.stream().map(ExploredRace::verdict).distinct().count() == 1) {
            return found.getFirst().verdict() + " as expected";
        }
        return found.stream()
                .map(each ->
                        each.model() + " " + each.verdict() + (each.isAsExpected() ? "" : ", not " + each.expected()))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void modelStarts(MemoryModel model, int races) {}

    @Override
    public void explored(ExploredRace race) {
        progress.step("exploring " + race.model());
    }

    @Override
    public void modelEnds(ModelRun run) {
        progress.clear();
    }
}
