package dev.shootdown.stress;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses how far apart the actors of a sample start, and learns from what they saw.
 *
 * <p>The unit is one step of {@link #idle}: a nanosecond or two when compiled, dozens in the interpreter, which is why the
 * right skew differs between compile modes by more than an order of magnitude. A positive skew delays the mutator, a
 * negative one the walker. The centre is steered so that seven walks in ten come before the mutator's marker: only such a walk
 * can be caught; but the earlier it comes, the longer it must idle until the free. One sample in eight is drawn from a wide
 * fixed range, so that a wrong turn is not for ever; what falls outside the narrow range takes no part in steering.
 *
 * <p>Confined to one thread, which is never an actor at that time.
 */
final class Skew {
    private static final int WIDE = 1024;
    private static final int WIDE_ONE_IN = 8;
    private static final int BLOCK = 128;
    private static final int LEAST_WIDTH = 24;
    private static final int LIMIT = 1 << 14;
    private static final double GAIN = 1.0;
    private static final double SHARE_BEFORE = 0.7;

    private double centre;
    private int before;
    private int after;

    /** The skew of the next sample. */
    int next(ThreadLocalRandom random) {
        if (random.nextInt(WIDE_ONE_IN) == 0) {
            return random.nextInt(-WIDE, WIDE + 1);
        }
        int width = width();
        return (int) centre + random.nextInt(-width, width + 1);
    }

    /** Whether a skew is one that steering learns from. */
    boolean isSteered(int skew) {
        return Math.abs(skew - (int) centre) <= width();
    }

    /** Takes note of a sample whose walk came before the marker, or not. */
    void learn(Hint hint) {
        switch (hint) {
            case WALK_CAME_BEFORE -> before++;
            case WALK_CAME_AFTER -> after++;
        }
        if (before + after == BLOCK) {
            // Too many before: the mutator is late, so delay it less.
            double missing = SHARE_BEFORE - (double) before / BLOCK;
            centre = Math.clamp(centre + GAIN * missing * width(), -LIMIT, LIMIT);
            before = 0;
            after = 0;
        }
    }

    /** On which side of the marker a walk came. */
    enum Hint {
        WALK_CAME_BEFORE,
        WALK_CAME_AFTER
    }

    int low() {
        return (int) centre - width();
    }

    int high() {
        return (int) centre + width();
    }

    private int width() {
        return LEAST_WIDTH + (int) (Math.abs(centre) / 4);
    }

    /**
     * Spends {@code steps} steps of a few processor cycles each, one depending on the other; the result must be stored
     * somewhere. Shifts, because a compiler folds a chain of multiply-adds into one.
     */
    static int idle(int steps) {
        int value = steps;
        for (int step = 0; step < steps; step++) {
            value ^= value << 7;
            value ^= value >>> 9;
        }
        return value;
    }
}
