package dev.shootdown.explore;

/** How many of the equivalent executions are run. */
public enum Reduction {
    /** One of each class, or little more: source sets and sleep sets. */
    SOURCE_SETS,
    /** All of them. */
    NONE
}
