package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import java.time.Duration;
import java.util.List;

/**
 * Many races explored under one memory model.
 *
 * @param model what they were explored under
 * @param races in the order in which they were given
 * @param wall how long all of them took together, with writing down what failed
 */
public record ModelRun(MemoryModel model, List<ExploredRace> races, Duration wall) {
    /** Copies the list. */
    public ModelRun {
        races = List.copyOf(races);
    }

    /** {@return how many complete executions all races had} */
    public long executions() {
        return races.stream().mapToLong(ExploredRace::executions).sum();
    }

    /** {@return how many executions of all races were given up because an equivalent one had been run} */
    public long pruned() {
        return races.stream().mapToLong(ExploredRace::pruned).sum();
    }

    /**
     * {@return how long the searches took, one after the other: without writing anything down, and without waiting for
     * another's end}
     */
    public Duration searching() {
        return races.stream().map(ExploredRace::elapsed).reduce(Duration.ZERO, Duration::plus);
    }

    /** {@return how many executions were run in a second of wall time, over all workers} */
    public double executionsPerSecond() {
        return executions() * 1e9 / Math.max(wall.toNanos(), 1);
    }

    /** {@return how many races came out as they must} */
    public long asExpected() {
        return races.stream().filter(ExploredRace::isAsExpected).count();
    }

    /** {@return how many races the engine would not explore under this model} */
    public long notRun() {
        return races.stream()
                .filter(race -> race.verdict() == ExploreVerdict.NOT_RUN)
                .count();
    }
}
