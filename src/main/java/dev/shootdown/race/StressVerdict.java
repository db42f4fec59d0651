package dev.shootdown.race;

/** What a stress run found. It never says that a race is safe, because running a race often enough proves nothing. */
public enum StressVerdict {
    /** A failure was seen. */
    UNSAFE,
    /** Everything ran and no failure was seen; how much that is worth is said by the upper bound beside it. */
    NOT_OBSERVED,
    /** No failure was seen, but not everything ran to its end, or hardly any sample had the race in it. */
    INCONCLUSIVE
}
