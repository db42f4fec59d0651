package dev.shootdown.cli;

import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.report.StageListener;
import dev.shootdown.report.WitnessFiles;
import dev.shootdown.stress.Numbers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Writes witnesses, and tells of each race as soon as it is explored: a line, and how to replay its failure. */
final class ExploreConsole implements StageListener, WitnessFiles {
    private final ResultPaths results;
    private final Progress progress;
    private final BiFunction<String, String, String> colours;
    private final Consumer<String> out;
    /** By race and model, where failing executions are that are not told of yet. */
    private final Map<String, Path> pending = new ConcurrentHashMap<>();

    ExploreConsole(
            ResultPaths results, Progress progress, BiFunction<String, String, String> colours, Consumer<String> out) {
        this.results = results;
        this.progress = progress;
        this.colours = colours;
        this.out = out;
    }

    @Override
    public Optional<Path> fileOf(Race race, MemoryModel model, Exploration exploration) {
        SavedWitnesses saved = new SavedWitnesses(results);
        Optional<Path> file = saved.fileOf(race, model, exploration);
        saved.complete();
        file.ifPresent(witness -> pending.put(key(race, model), results.root().resolve(witness)));
        return file;
    }

    private static String key(Race race, MemoryModel model) {
        return model + " " + race.id();
    }

    @Override
    public void modelStarts(MemoryModel model, int races) {}

    @Override
    public void explored(ExploredRace race) {
        progress.clear();
        out.accept(line(race));
        Optional.ofNullable(pending.remove(key(race.race(), race.model())))
                .ifPresent(witness -> out.accept("  replay it: shootdown replay " + witness));
        progress.step("exploring");
    }

    private String line(ExploredRace race) {
        String mark =
                race.isAsExpected() ? colours.apply("green", "as expected") : colours.apply("bold,red", "DISAGREES");
        String why = race.result()
                .message()
                .map(message -> " (" + message.lines().findFirst().orElse("") + ")")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%-4s %-6s %14s  expected %-6s  %s  %s%s",
                race.model(),
                race.verdict(),
                Numbers.counted(race.executions(), "execution"),
                race.expected(),
                mark,
                race.race().id(),
                why);
    }

    @Override
    public void modelEnds(ModelRun run) {
        progress.clear();
        run.model().caveat().ifPresent(out);
    }
}
