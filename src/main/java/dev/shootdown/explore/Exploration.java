package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.Optional;
import java.util.Set;

/**
 * What exploring a program came to.
 *
 * @param program its name; of a race, the id
 * @param verdict SAFE: exhausted, no failure; UNSAFE: a failure was found; INCONCLUSIVE: a bound was hit first
 * @param extent whether every execution within the bounds was run
 * @param executions complete executions, one of each class
 * @param pruned executions that turned out to be explored already
 * @param steps steps of all of them together
 * @param outcomes what executions came to
 * @param witness a failing execution: of those with fewest preemptions the one with fewest steps up to the failure, if the
 *     program fails under SC already; else the shortest that the exploration met
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
        Optional<Schedule> witness) {
    /** How far an exploration came. */
    public enum Extent {
        /** Every execution was run: an outcome that is not there is not to be had. */
        EXHAUSTED,
        /** A bound was hit first. */
        CUT_SHORT
    }

    public Exploration {
        outcomes = Set.copyOf(outcomes);
    }
}
