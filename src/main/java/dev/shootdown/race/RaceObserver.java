package dev.shootdown.race;

import dev.shootdown.walk.WalkProbe;
import dev.shootdown.walk.WalkTrace;

/** Watches a race from inside its actors. It takes no part in the protocol. */
public interface RaceObserver extends WalkProbe {
    /** Watches nothing. */
    RaceObserver NONE = new RaceObserver() {
        @Override
        public void nextStep(int step) {}

        @Override
        public void sectionEnds(WalkTrace walk) {}

        @Override
        public void markerPassed() {}
    };

    /** On the mutator's thread: a change was made that nobody else's waiting would tell of. */
    void markerPassed();

    /** On the mutator's thread: it is about to unhook the first table, with no barrier before that any more. */
    default void unhooks() {}

    /**
     * On the mutator's thread: it holds nothing, and lets others have their turn, for as long as the observer likes. What
     * {@code cond_resched} is to a thread that has run for long enough.
     */
    default void rescheduled() {}

    /**
     * {@return who watches walker {@code number}, from 0: where several walk, each calls on its own thread}
     *
     * @param number of the walker
     */
    default RaceObserver ofWalker(int number) {
        return this;
    }
}
