package dev.shootdown.explore;

import java.util.Arrays;
import java.util.List;

/**
 * An execution, as the decisions that lead to it.
 *
 * @param decisions the process that makes each step: a hart's number, or the number of harts plus it for its store buffer
 * @param preemptions how often a hart was left that could have gone on
 * @param violationStep the step, from 1, at which something was loaded that must not be; the last one if that is not what failed
 * @param outcome what came out
 */
public record Schedule(List<Integer> decisions, int preemptions, int violationStep, String outcome) {
    public Schedule {
        decisions = List.copyOf(decisions);
    }

    Schedule(int[] decisions, int preemptions, int violationStep, String outcome) {
        this(Arrays.stream(decisions).boxed().toList(), preemptions, violationStep, outcome);
    }

    boolean isShorterThan(Schedule other) {
        if (preemptions != other.preemptions) {
            return preemptions < other.preemptions;
        }
        return violationStep < other.violationStep;
    }
}
