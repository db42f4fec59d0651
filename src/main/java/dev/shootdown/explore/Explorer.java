package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Explores races, each call by itself; calls may run in parallel.
 *
 * <p>Memory is bounded by the length of one execution, some hundred bytes a step: nothing is kept of executions that are over but
 * what they came to.
 */
public final class Explorer {
    private static final int MOST_DETOURS = 4;
    private static final int MOST_ATTEMPTS = 50_000;
    private static final int SAMPLE = 2_000;
    /** More executions than that are worth several threads. */
    private static final int FEW = 20_000;

    private final Bounds bounds;
    private final int workers;

    /** An explorer that stays on one thread at a time. */
    public Explorer(Bounds bounds) {
        this(bounds, 1);
    }

    /**
     * @param workers threads to spread a large exploration over, at least 1
     */
    public Explorer(Bounds bounds, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("there must be at least one worker, not " + workers);
        }
        this.bounds = bounds;
        this.workers = workers;
    }

    /**
     * Runs every execution of {@code race} under a memory model, up to equivalence, and looks for the shortest that fails.
     *
     * @throws DeadlockFound if harts can come to wait for each other
     * @throws ActorThrew if an actor threw
     */
    public Exploration explore(Race race, MemoryModel model) {
        return explore(new RaceProgram(race), model, Reduction.SOURCE_SETS);
    }

    /** As {@link #explore(Race, MemoryModel)}, for any program, with or without reduction: the results must agree. */
    public Exploration explore(Program program, MemoryModel model, Reduction reduction) {
        long started = System.nanoTime();
        Set<String> outcomes = new HashSet<>();
        Pass.Tally tally = checked(program, model, run(program, model, reduction, outcomes));
        Optional<Schedule> witness = Optional.ofNullable(tally.shortest).map(found -> shortest(program, model, found));
        return new Exploration(
                program.name(),
                model,
                verdict(tally),
                tally.boundHit ? Exploration.Extent.CUT_SHORT : Exploration.Extent.EXHAUSTED,
                tally.executions,
                tally.prunedExecutions,
                tally.steps,
                (System.nanoTime() - started) / 1_000_000,
                outcomes,
                witness);
    }

    private Pass.Tally run(Program program, MemoryModel model, Reduction reduction, Set<String> outcomes) {
        return switch (reduction) {
            case NONE -> run(program, model, Enumeration::ofAll, bounds, outcomes);
            case SOURCE_SETS -> {
                boolean alone = workers == 1 || bounds.executions() <= FEW;
                Bounds first = alone ? bounds : new Bounds(FEW, bounds.steps());
                Pass.Tally tally = run(program, model, SourceSets::new, first, outcomes);
                yield tally.boundHit && !alone
                        ? new ParallelPass(program, model, bounds, workers).run(outcomes)
                        : tally;
            }
        };
    }

    private static Pass.Tally run(
            Program program,
            MemoryModel model,
            BiFunction<Events, MemorySystem, Search> search,
            Bounds bounds,
            Set<String> outcomes) {
        Pass pass = new Pass(program, model, search, bounds);
        Pass.Tally tally = pass.run();
        outcomes.addAll(pass.outcomes());
        return tally;
    }

    private static Verdict verdict(Pass.Tally tally) {
        if (tally.shortest != null) {
            return Verdict.UNSAFE;
        }
        return tally.boundHit ? Verdict.INCONCLUSIVE : Verdict.SAFE;
    }

    /**
     * Looks for a failing execution with 0, 1, 2, … detours, under sequential consistency if there is one; the one at hand will
     * do if there is none with few.
     */
    private Schedule shortest(Program program, MemoryModel model, Schedule found) {
        MemorySystem known = sample(program, model);
        Schedule sequential = fewestDetours(program, MemoryModel.SC, known);
        if (sequential != null) {
            return model == MemoryModel.SC ? sequential : Replayer.translate(program, model, sequential);
        }
        Schedule reordered = model == MemoryModel.SC ? null : fewestDetours(program, model, known);
        return reordered == null ? found : reordered;
    }

    /** A memory system that has seen enough executions to know which words are shared. */
    private MemorySystem sample(Program program, MemoryModel model) {
        Pass pass = new Pass(program, model, SourceSets::new, new Bounds(SAMPLE, bounds.steps()));
        pass.run();
        return pass.memory();
    }

    private @Nullable Schedule fewestDetours(Program program, MemoryModel model, MemorySystem known) {
        for (int most = 0; most <= MOST_DETOURS; most++) {
            int detours = most;
            Pass pass = new Pass(
                    program,
                    model,
                    (events, memory) -> new Enumeration(events, memory, detours, Enumeration.Points.SHARED, known),
                    new Bounds(MOST_ATTEMPTS, bounds.steps()));
            Pass.Tally tally = checked(program, model, pass.run());
            if (tally.shortest != null || tally.boundHit) {
                return tally.shortest;
            }
        }
        return null;
    }

    private static Pass.Tally checked(Program program, MemoryModel model, Pass.Tally tally) {
        Throwable error = tally.error;
        Schedule thrower = tally.thrower;
        if (error != null && thrower != null) {
            throw new ActorThrew(program.name(), thrower, error);
        }
        if (tally.deadlock != null) {
            throw new DeadlockFound(Replayer.replay(program, model, tally.deadlock));
        }
        return tally;
    }
}
