package dev.shootdown.walk;

/** Where a walk has been. */
public interface WalkTrace {
    /** The frame of the table of that level that the walk loaded an entry from, or 0. */
    long enteredTable(int level);

    /** The level of the table in which the walk met a word that no entry can be, or -1. */
    int findingLevel();
}
