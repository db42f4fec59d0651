package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explores races, each call by itself; calls may run in parallel. */
public final class Explorer {
    private static final int MOST_DETOURS = 4;
    private static final int MOST_ATTEMPTS = 200_000;

    private final Bounds bounds;

    public Explorer(Bounds bounds) {
        this.bounds = bounds;
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
        Pass pass = switch (reduction) {
            case SOURCE_SETS -> new Pass(program, model, SourceSets::new, bounds);
            case NONE -> new Pass(program, model, Enumeration::ofAll, bounds);
        };
        Pass.Tally tally = checked(program, model, pass.run());
        Optional<Schedule> witness =
                Optional.ofNullable(tally.shortest).map(found -> shortest(program, model, found, pass.memory()));
        return new Exploration(
                program.name(),
                model,
                verdict(tally),
                tally.executions,
                tally.prunedExecutions,
                tally.steps,
                (System.nanoTime() - started) / 1_000_000,
                pass.outcomes(),
                witness);
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
    private Schedule shortest(Program program, MemoryModel model, Schedule found, MemorySystem known) {
        Schedule sequential = fewestDetours(program, MemoryModel.SC, known);
        if (sequential != null) {
            return model == MemoryModel.SC ? sequential : Replayer.translate(program, model, sequential);
        }
        Schedule reordered = model == MemoryModel.SC ? null : fewestDetours(program, model, known);
        return reordered == null ? found : reordered;
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
