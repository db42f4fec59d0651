package dev.shootdown.report;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploreListener;
import dev.shootdown.explore.ExploreRun;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.stress.Finding.Subject.OneExploration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The exploring half of a run. What it has found so far can be asked for at any time, by any thread. */
public final class ExploreStage implements ExploreListener {
    private final List<Race> races;
    private final List<MemoryModel> models;
    private final Bounds bounds;
    private final WitnessFiles witnessFiles;
    private final StageListener progress;
    private final List<CanaryResult> canaries = new ArrayList<>();
    private final Map<MemoryModel, List<ExploredRace>> unfinished = new LinkedHashMap<>();
    private final List<ModelRun> runs = new ArrayList<>();
    private final Map<OneExploration, String> witnesses = new ConcurrentHashMap<>();

    /**
     * Explores nothing yet.
     *
     * @param races what to explore
     * @param models under which memory models
     * @param bounds where to give up
     * @param witnessFiles where failing executions are written down
     * @param progress is told how far it is
     */
    public ExploreStage(
            List<Race> races,
            List<MemoryModel> models,
            Bounds bounds,
            WitnessFiles witnessFiles,
            StageListener progress) {
        this.races = races;
        this.models = models;
        this.bounds = bounds;
        this.witnessFiles = witnessFiles;
        this.progress = progress;
    }

    /**
     * Explores the canaries, and then every race under every model, as many at a time as there are CPUs; if there are fewer,
     * each of them is split over several.
     *
     * @return what was found
     * @throws InterruptedException if the thread is interrupted; {@link #soFar} has what was found until then
     */
    public Explorations run() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        Explorer explorer = new Explorer(bounds, workersEach(processors, races.size()));
        for (MemoryModel model : models) {
            for (Canary canary : Canary.values()) {
                add(canary.explore(explorer, model));
            }
        }
        new ExploreRun(explorer::explore, processors, this).run(races, models);
        return soFar();
    }

    /** How many threads a race gets, so that all processors have work. */
    static int workersEach(int processors, int races) {
        return Math.ceilDiv(processors, Math.max(1, races));
    }

    private synchronized void add(CanaryResult result) {
        canaries.add(result);
    }

    /** {@return how many explorations there are to be} */
    public int planned() {
        return races.size() * models.size();
    }

    /** {@return how many explorations are done} */
    public synchronized int done() {
        int ended = runs.stream().mapToInt(run -> run.races().size()).sum();
        return ended + unfinished.values().stream().mapToInt(List::size).sum();
    }

    /** {@return what has been found so far} */
    public synchronized Explorations soFar() {
        List<ModelRun> known = new ArrayList<>(runs);
        unfinished.forEach((model, explored) -> known.add(new ModelRun(model, explored, Duration.ZERO)));
        return new Explorations(bounds, canaries, known, Map.copyOf(witnesses));
    }

    @Override
    public synchronized void modelStarts(MemoryModel model, int count) {
        unfinished.put(model, new ArrayList<>());
        progress.modelStarts(model, count);
    }

    @Override
    public void writeDown(ExploredRace race) {
        race.result()
                .exploration()
                .filter(found -> found.witness().isPresent())
                .flatMap(found -> witnessFiles.fileOf(race.race(), race.model(), found))
                .map(Path::toString)
                .ifPresent(file -> witnesses.put(Explorations.subjectOf(race), file));
    }

    @Override
    public synchronized void explored(ExploredRace race) {
        unfinished.computeIfAbsent(race.model(), model -> new ArrayList<>()).add(race);
        progress.explored(race);
    }

    @Override
    public void modelEnds(ModelRun run) {
        synchronized (this) {
            unfinished.remove(run.model());
            runs.add(run);
            progress.modelEnds(run);
        }
        draw(); // Holds no lock: what has been found so far can be asked for meanwhile.
    }

    private void draw() {
        long started = System.nanoTime();
        int timelines = witnessFiles.complete();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        synchronized (this) {
            progress.drawn(timelines, took);
        }
    }
}
