package dev.shootdown.explore;

/** What exploring a race under one memory model came to, as results name it. */
public enum ExploreVerdict {
    /** Exhausted within the bounds, and nothing failed. */
    SAFE,
    /** Some execution fails. */
    UNSAFE,
    /** A bound was hit before anything failed. */
    INCONCLUSIVE,
    /** Harts can come to wait for each other for ever. */
    DEADLOCK,
    /** An actor threw, or the engine did. */
    ERROR,
    /** The engine does not explore under this model. */
    NOT_RUN
}
