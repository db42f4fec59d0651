package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import java.time.Duration;
import java.util.List;

/**
 * Many races explored under one memory model.
 *
 * @param races in the order in which they were given
 * @param wall how long all of them took together, with writing down what failed
 */
public record ModelRun(MemoryModel model, List<ExploredRace> races, Duration wall) {
    /** Copies the list. */
    public ModelRun {
        races = List.copyOf(races);
    }

    /** Complete executions of all races. */
    public long executions() {
        return races.stream().mapToLong(ExploredRace::executions).sum();
    }

    /** Executions of all races that were given up because an equivalent one had been run. */
    public long pruned() {
        return races.stream().mapToLong(ExploredRace::pruned).sum();
    }

    /** How long the searches took, one after the other: without writing anything down, and without waiting for another's end. */
    public Duration searching() {
        return races.stream().map(ExploredRace::elapsed).reduce(Duration.ZERO, Duration::plus);
    }

    /** Executions a second of wall time, over all workers. */
    public double executionsPerSecond() {
        return executions() * 1e9 / Math.max(wall.toNanos(), 1);
    }

    /** How many races came out as they must. */
    public long asExpected() {
        return races.stream().filter(ExploredRace::isAsExpected).count();
    }

    /** How many races the engine would not explore under this model. */
    public long notRun() {
        return races.stream()
                .filter(race -> race.verdict() == ExploreVerdict.NOT_RUN)
                .count();
    }
}
