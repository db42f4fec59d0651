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

    /**
     * {@return whether the walk had the entry in hand that leads to a table of that level, and was not let in} There was no reference left
     * to take, say, or the entry had changed when it was loaded again.
     *
     * @param level 0 for the pte table
     */
    default boolean wasTurnedAway(int level) {
        return false;
    }

    /** {@return the level of the table in which the walk read what no table may hold, or -1} */
    int findingLevel();
}
