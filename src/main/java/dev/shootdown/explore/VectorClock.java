package dev.shootdown.explore;

import java.util.Arrays;

/** How many steps of each process happened before something. */
final class VectorClock {
    private final int[] steps;

    VectorClock(int processes) {
        this.steps = new int[processes];
    }

    void clear() {
        Arrays.fill(steps, 0);
    }

    void copyFrom(VectorClock other) {
        System.arraycopy(other.steps, 0, steps, 0, steps.length);
    }

    void join(VectorClock other) {
        for (int process = 0; process < steps.length; process++) {
            steps[process] = Math.max(steps[process], other.steps[process]);
        }
    }

    void set(int process, int step) {
        steps[process] = step;
    }

    /** Whether step number {@code step} of a process happened before, or is, what this clock stands for. */
    boolean includes(int process, int step) {
        return steps[process] >= step;
    }
}
