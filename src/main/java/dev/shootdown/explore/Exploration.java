package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.Optional;
import java.util.Set;

/**
 * What exploring a program came to.
 *
 * @param program its name; of a race, the id
 * @param model what it was explored under
 * @param verdict SAFE: exhausted, no failure; UNSAFE: a failure was found; INCONCLUSIVE: a bound was hit first
 * @param extent whether every execution within the bounds was run
 * @param executions complete executions, one of each class
 * @param pruned executions that turned out to be explored already
 * @param steps steps of all of them together
 * @param millis how long it took, in milliseconds
 * @param outcomes what executions came to
 * @param witness a failing execution
 * @param witnessLength whether there is none with fewer detours, nor one with as many and fewer steps up to the failure; a detour
 *     is a preemption, and where only a weaker model fails also a store that stays in its buffer and a load or store that does not
 *     meet its word's latest state
 */
public record Exploration(
        String program,
        MemoryModel model,
        Verdict verdict,
        Extent extent,
        long executions,
        long pruned,
        long steps,
        long millis,
        Set<String> outcomes,
        Optional<Schedule> witness,
        WitnessLength witnessLength) {
    /** How short the witness is. */
    public enum WitnessLength {
        /** There is no shorter one. */
        SHORTEST,
        /** The shortest that the exploration met; to look for shorter ones took too long, or there is no witness. */
        SHORTEST_MET
    }

    /** How far an exploration came. */
    public enum Extent {
        /** Every execution was run: an outcome that is not there is not to be had. */
        EXHAUSTED,
        /** A bound was hit first. */
        CUT_SHORT
    }

    /** Copies the outcomes. */
    public Exploration {
        outcomes = Set.copyOf(outcomes);
    }
}
