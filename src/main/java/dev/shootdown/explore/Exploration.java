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
        long executions,
        long pruned,
        long steps,
        long millis,
        Set<String> outcomes,
        Optional<Schedule> witness) {
    public Exploration {
        outcomes = Set.copyOf(outcomes);
    }
}
