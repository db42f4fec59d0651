package dev.shootdown.explore;

import dev.shootdown.explore.ExploredWords.MemorySystem;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.Optional;

/** Explores races, each call by itself and on the calling thread; calls may run in parallel. */
public final class Explorer {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int MOST_PREEMPTIONS = 3;

    private final Bounds bounds;

    public Explorer(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Runs every execution of {@code race} under a memory model, up to equivalence, and looks for a short one that fails.
     *
     * @param model SC or TSO
     * @throws IllegalArgumentException for another model
     * @throws DeadlockFound if harts can come to wait for each other
     */
    public Exploration explore(Race race, MemoryModel model) {
        return explore(new RaceProgram(race), model, Reduction.SOURCE_SETS);
    }

    /** As {@link #explore(Race, MemoryModel)}, for any program, with or without reduction: the results must agree. */
    public Exploration explore(Program program, MemoryModel model, Reduction reduction) {
        long started = System.nanoTime();
        Pass pass = new Pass(program, systemOf(model), reduction, UNBOUNDED, bounds);
        Pass.Tally tally = checked(program, pass.run());
        Optional<Schedule> found = Optional.ofNullable(tally.shortest);
        Optional<Schedule> witness = found.map(schedule -> shortest(program, schedule));
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

    /** Looks for a failing execution with 0, 1, 2, … preemptions under SC; the one at hand will do if there is none. */
    private Schedule shortest(Program program, Schedule found) {
        int most = Math.min(MOST_PREEMPTIONS, found.preemptions());
        for (int bound = 0; bound <= most; bound++) {
            Pass pass = new Pass(program, MemorySystem.SC, Reduction.NONE, bound, bounds);
            Schedule shortest = checked(program, pass.run()).shortest;
            if (shortest != null) {
                return shortest;
            }
        }
        return found;
    }

    private static Pass.Tally checked(Program program, Pass.Tally tally) {
        if (tally.error != null) {
            throw new IllegalStateException("an actor of " + program.name() + " threw", tally.error);
        }
        if (tally.deadlock != null) {
            throw new DeadlockFound(program.name(), tally.deadlock);
        }
        return tally;
    }

    private static MemorySystem systemOf(MemoryModel model) {
        return switch (model) {
            case SC -> MemorySystem.SC;
            case TSO -> MemorySystem.TSO;
            case WEAK -> throw new IllegalArgumentException("no exploration under WEAK; choose SC or TSO");
        };
    }
}
