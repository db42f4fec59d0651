package dev.shootdown.explore;

/**
 * Where an exploration gives up.
 *
 * @param executions complete and pruned executions together
 * @param steps steps of one execution
 */
public record Bounds(long executions, int steps) {
    /** Ten million executions of ten thousand steps: poisoning a table of 512 entries takes that many, two a store under TSO. */
    public static final Bounds DEFAULT = new Bounds(10_000_000, 10_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Bounds {
        if (executions < 1 || steps < 1) {
            throw new IllegalArgumentException("bounds must be at least 1, not " + executions + " and " + steps);
        }
    }
}
