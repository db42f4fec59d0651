package dev.shootdown.explore;

import java.util.Arrays;
import java.util.List;

/**
 * An execution, as the decisions that lead to it.
 *
 * @param decisions of each step the process that makes it, in the low {@value #PROCESS_BITS} bits: a hart's number, or the
 *     number of harts plus it for its store buffer; above, in which of several ways it steps, 0 being as under sequential
 *     consistency
 * @param preemptions how often a hart was left that could have gone on
 * @param violationStep the step, from 1, at which something was loaded that must not be; the last one if that is not what failed
 * @param outcome what came out
 */
public record Schedule(List<Integer> decisions, int preemptions, int violationStep, String outcome) {
    private static final int PROCESS_BITS = 8;

    static int decision(int process, int choice) {
        return choice << PROCESS_BITS | process;
    }

    static int process(int decision) {
        return decision & ((1 << PROCESS_BITS) - 1);
    }

    static int choice(int decision) {
        return decision >>> PROCESS_BITS;
    }

    /** Copies the list. */
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
