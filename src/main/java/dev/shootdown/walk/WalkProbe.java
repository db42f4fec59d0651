package dev.shootdown.walk;

/**
 * Stands beside a walk: for statistics, and to make a walker dawdle where a race wants it. A probe takes no part in the
 * protocol; it may take time. Called on the walker's thread only.
 */
public interface WalkProbe {
    /** The step that pins the page, or, of the hardware, uses it: after the last load of the walk. */
    int PIN = -1;

    /** No step of a walk. */
    int NOWHERE = -2;

    /** The next of several accesses that the hardware walks for: the hart is at an instruction boundary, and keeps its caches. */
    int NEXT_ACCESS = -3;

    /** Does nothing. */
    WalkProbe NONE = new WalkProbe() {
        @Override
        public void nextStep(int step) {}

        @Override
        public void sectionEnds(WalkTrace walk) {}
    };

    /**
     * Called before each step of a walk. A walker that leaves this out races all the same, but is never made to dawdle, so
     * under stress it is caught much more rarely.
     *
     * @param step the level of the table that is loaded from next, or {@link #PIN}, or {@link #NEXT_ACCESS}
     */
    void nextStep(int step);

    /**
     * Called once a walk, after its last load and before its section ends. A walker that leaves this out makes stress blind:
     * no sample counts as contended, and silence stays INCONCLUSIVE.
     *
     * @param walk what it went through; good until the walker's next walk
     */
    void sectionEnds(WalkTrace walk);
}
