package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Explores races, each call by itself; calls may run in parallel.
 *
 * <p>Memory is bounded by the length of one execution, some hundred bytes a step: nothing is kept of executions that are over but
 * what they came to, and of a race explored under sequential consistency the shortest failing one. Only while a shorter failing execution is looked for, the states on the way are, some hundred bytes
 * each.
 */
public final class Explorer {
    /** How many executions may be spent on finding a shorter failing one, for each number of detours. */
    private static final int MOST_ATTEMPTS = 50_000;

    /** More executions than that are worth several threads. */
    private static final int FEW = 20_000;

    private final Bounds bounds;
    private final int workers;
    /** Of races explored under sequential consistency, the shortest failing execution; empty if none fails. */
    private final Map<Race, Known> sequential = new ConcurrentHashMap<>();

    private record Known(Optional<Schedule> shortest) {}

    /**
     * An explorer that stays on one thread at a time.
     *
     * @param bounds where to give up
     */
    public Explorer(Bounds bounds) {
        this(bounds, 1);
    }

    /**
     * An explorer that gives up at {@code bounds}.
     *
     * @param bounds where to give up
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
     * Runs every execution of {@code race} under a memory model, up to equivalence, and looks for the shortest that
     * fails.
     *
     * @param race one whose parts share words of the machine and nothing else
     * @param model which stores a load may see
     * @return what that came to
     * @throws DeadlockFound if harts can come to wait for each other
     * @throws ActorThrew if an actor threw
     */
    public Exploration explore(Race race, MemoryModel model) {
        return explore(new RaceProgram(race), model, Reduction.SOURCE_SETS, Optional.of(race));
    }

    /**
     * {@return what exploring any program came to, with or without reduction: the results must agree}
     *
     * @param program of 1 to 15 harts
     * @param model which stores a load may see
     * @param reduction how executions are left out that are equivalent to others
     */
    public Exploration explore(Program program, MemoryModel model, Reduction reduction) {
        return explore(program, model, reduction, Optional.empty());
    }

    private Exploration explore(Program program, MemoryModel model, Reduction reduction, Optional<Race> race) {
        long started = System.nanoTime();
        Set<String> outcomes = new HashSet<>();
        Pass first = new Pass(program, model, searchFor(reduction), firstBounds(reduction));
        Pass.Tally tally = checked(program, model, run(program, model, reduction, first, outcomes));
        Optional<Schedule> shortest =
                tally.shortest == null ? Optional.empty() : shortest(program, model, first.memory(), race);
        if (model == MemoryModel.SC && !tally.boundHit && shortest.isPresent() == (tally.shortest != null)) {
            race.ifPresent(each -> sequential.put(each, new Known(shortest)));
        }
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
                shortest.or(() -> Optional.ofNullable(tally.shortest)),
                shortest.isPresent() ? Exploration.WitnessLength.SHORTEST : Exploration.WitnessLength.SHORTEST_MET);
    }

    private static BiFunction<Events, MemorySystem, Search> searchFor(Reduction reduction) {
        return switch (reduction) {
            case NONE -> Enumeration::ofAll;
            case SOURCE_SETS -> SourceSets::new;
        };
    }

    private boolean isAlone(Reduction reduction) {
        return reduction == Reduction.NONE || workers == 1 || bounds.executions() <= FEW;
    }

    private Bounds firstBounds(Reduction reduction) {
        return isAlone(reduction) ? bounds : new Bounds(FEW, bounds.steps());
    }

    /**
     * The first pass, and where that is not enough and there are several threads, all of them. The first one's memory has seen all
     * executions then.
     */
    private Pass.Tally run(Program program, MemoryModel model, Reduction reduction, Pass first, Set<String> outcomes) {
        Pass.Tally tally = first.run();
        outcomes.addAll(first.outcomes());
        return tally.boundHit && !isAlone(reduction)
                ? new ParallelPass(program, model, bounds, workers, first.memory()).run(outcomes)
                : tally;
    }

    private static Verdict verdict(Pass.Tally tally) {
        if (tally.shortest != null) {
            return Verdict.UNSAFE;
        }
        return tally.boundHit ? Verdict.INCONCLUSIVE : Verdict.SAFE;
    }

    /**
     * The failing execution with fewest detours and then steps; a sequential one if there is one, whose detours are preemptions.
     *
     * @param known a memory system that has seen enough executions to know which words are shared
     */
    private Optional<Schedule> shortest(Program program, MemoryModel model, MemorySystem known, Optional<Race> race) {
        if (model == MemoryModel.SC) {
            return fewestDetours(program, MemoryModel.SC, known);
        }
        Optional<Known> kept = race.map(sequential::get);
        if (kept.isPresent()) {
            Optional<Schedule> found = kept.get().shortest();
            return found.isPresent()
                    ? found.map(each -> Replayer.translate(program, model, each))
                    : fewestDetours(program, model, known);
        }
        Pass pass = new Pass(program, MemoryModel.SC, SourceSets::new, firstBounds(Reduction.SOURCE_SETS));
        Pass.Tally tally = run(program, MemoryModel.SC, Reduction.SOURCE_SETS, pass, new HashSet<>());
        return checked(program, MemoryModel.SC, tally).shortest == null
                ? fewestDetours(program, model, known)
                : fewestDetours(program, MemoryModel.SC, pass.memory())
                        .map(found -> Replayer.translate(program, model, found));
    }

    /** The first of a program that fails, unless it takes too long to find. */
    private Optional<Schedule> fewestDetours(Program program, MemoryModel model, MemorySystem known) {
        long before = 0;
        for (int most = 0; ; most++) {
            int detours = most;
            Pass pass = new Pass(
                    program,
                    model,
                    (events, memory) -> Enumeration.upTo(detours, events, memory, known),
                    new Bounds(MOST_ATTEMPTS, bounds.steps()));
            Pass.Tally tally = checked(program, model, pass.run());
            long attempts = tally.executions + tally.prunedExecutions;
            if (tally.boundHit || attempts == before) {
                return Optional.empty();
            }
            before = attempts;
            if (tally.shortest != null) {
                return Optional.of(tally.shortest);
            }
        }
    }

    private static Pass.Tally checked(Program program, MemoryModel model, Pass.Tally tally) {
        if (tally.thrower != null) {
            Recording replayed = Replayer.replay(program, model, tally.thrower);
            throw new ReplayDiverged("an actor of " + program.name()
                    + " threw, but not when it was run again: it came to " + replayed.outcome());
        }
        if (tally.deadlock != null) {
            Recording deadlock = Replayer.replay(program, model, tally.deadlock);
            throw new DeadlockFound(deadlock, program.tell(deadlock));
        }
        return tally;
    }
}
