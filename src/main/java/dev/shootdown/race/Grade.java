package dev.shootdown.race;

/** How an outcome is to be taken, from good to bad. */
public enum Grade {
    /** As it should be. */
    ACCEPTABLE,
    /** Allowed, and worth knowing how often it comes. */
    INTERESTING,
    /** A failure. */
    FORBIDDEN
}
