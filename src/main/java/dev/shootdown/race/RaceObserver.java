package dev.shootdown.race;

import dev.shootdown.walk.TableDescent;

/** Watches a race from inside its actors, for statistics. It takes no part in the protocol. */
public interface RaceObserver {
    /** Watches nothing. */
    RaceObserver NONE = new RaceObserver() {
        @Override
        public void walkEnds(TableDescent descent) {}

        @Override
        public void markerPassed() {}
    };

    /** On the walker's thread: the walk is over, its section still open. */
    void walkEnds(TableDescent descent);

    /**
     * On the mutator's thread: the change that the walker races with was made (by default, a table was unhooked), and what
     * must wait for the walker comes next. May be called more than once in a race.
     */
    void markerPassed();
}
