package dev.shootdown.explore;

import java.util.Arrays;

/** The waits of an execution that have ended, latest last. */
final class EndedWaits {
    private int[] steps = new int[16];
    private int count;

    void add(int step) {
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, 2 * count);
        }
        steps[count++] = step;
    }

    void removeLast() {
        count--;
    }

    int count() {
        return count;
    }

    int step(int index) {
        return steps[index];
    }
}
