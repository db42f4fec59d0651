package dev.shootdown.walk;

/** Where a walk has been: what a {@link WalkProbe} is told when its section ends. Valid during that call only. */
public interface WalkTrace {
    /**
     * {@return the frame of the table of that level that the walk loaded an entry from, or 0 if it loaded none from
     * there}
     *
     * @param level 0 for the pte table
     */
    long enteredTable(int level);

    /** {@return the level of the table in which the walk read what no table may hold, or -1} */
    int findingLevel();
}
