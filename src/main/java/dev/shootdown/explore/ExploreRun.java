package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToLongFunction;

/**
 * Explores many races, one memory model after the other, several races at a time.
 *
 * <p>Large races start first, so that no worker is left alone with one at the end. How large a race is shows under the first
 * model; until then, more actors count as larger.
 */
public final class ExploreRun {
    private static final ThreadFactory WORKERS =
            Thread.ofPlatform().daemon().name("shootdown-explorer-", 0).factory();

    private final Engine engine;
    private final int workers;
    private final ExploreListener listener;
    private final Map<String, Duration> known = new HashMap<>();
    /** Changed under the listener's lock: what ends after the run has been given up is no result. */
    private volatile boolean isOver;

    /** What explores one race; called by several threads. */
    @FunctionalInterface
    public interface Engine {
        /**
         * Explores as {@link Explorer#explore(Race, MemoryModel)} does.
         *
         * @param race one of those to explore
         * @param model one of those to explore it under
         * @return what that came to
         */
        Exploration explore(Race race, MemoryModel model);
    }

    /**
     * A run that explores with {@code engine}.
     *
     * @param engine what explores a race, such as {@code new Explorer(bounds)::explore}
     * @param workers how many races to explore at a time
     * @param listener is told how far it is
     */
    public ExploreRun(Engine engine, int workers, ExploreListener listener) {
        this.engine = engine;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * Explores every race under every model, in the models' order. Nothing that a race throws ends the run.
     *
     * @param races each with an id of its own
     * @param models the strongest first: what is known of a race under SC saves work under the others
     * @return a run for each model, its races in the order given
     * @throws InterruptedException if the thread is interrupted; searches under way are abandoned
     */
    public List<ModelRun> run(List<Race> races, List<MemoryModel> models) throws InterruptedException {
        List<ModelRun> runs = new ArrayList<>();
        synchronized (listener) {
            isOver = false;
        }
        ExecutorService executor = Executors.newFixedThreadPool(workers, WORKERS);
        try {
            for (MemoryModel model : models) {
                runs.add(run(races, model, executor));
            }
        } finally {
            synchronized (listener) {
                isOver = true;
            }
            executor.shutdownNow();
        }
        return runs;
    }

    private ModelRun run(List<Race> races, MemoryModel model, ExecutorService executor) throws InterruptedException {
        long started = System.nanoTime();
        listener.modelStarts(model, races.size());
        CompletionService<ExploredRace> underWay = new ExecutorCompletionService<>(executor);
        for (Race race : largestFirst(races)) {
            underWay.submit(() -> explore(race, model));
        }
        List<ExploredRace> explored = new ArrayList<>();
        while (explored.size() < races.size()) {
            explored.add(result(underWay.take()));
        }
        Map<String, Integer> places = new HashMap<>();
        races.forEach(race -> places.putIfAbsent(race.id(), places.size()));
        explored.sort(Comparator.comparingInt(race -> places.get(race.race().id())));
        explored.forEach(race -> known.put(race.race().id(), race.elapsed()));
        ModelRun run = new ModelRun(model, explored, Duration.ofNanos(System.nanoTime() - started));
        listener.modelEnds(run);
        return run;
    }

    private List<Race> largestFirst(List<Race> races) {
        ToLongFunction<Race> size =
                race -> known.getOrDefault(race.id(), Duration.ZERO).toNanos();
        return races.stream()
                .sorted(Comparator.comparingLong(size)
                        .thenComparingInt(Race::actors)
                        .reversed())
                .toList();
    }

    private ExploredRace explore(Race race, MemoryModel model) {
        long started = System.nanoTime();
        ExploreResult result = ExploreResult.of(() -> engine.explore(race, model));
        ExploredRace explored = new ExploredRace(race, model, result, Duration.ofNanos(System.nanoTime() - started));
        if (!isOver) {
            listener.writeDown(explored);
        }
        synchronized (listener) {
            if (!isOver) {
                listener.explored(explored);
            }
        }
        return explored;
    }

    private static ExploredRace result(Future<ExploredRace> explored) throws InterruptedException {
        try {
            return explored.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the listener of an exploration threw " + e.getCause(), e.getCause());
        }
    }
}
