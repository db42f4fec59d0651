package dev.shootdown.junit;

import dev.shootdown.race.Race;

/** A race on one engine. */
sealed interface RaceRun permits ExploredRun, StressedRun {
    /** What is run. */
    Race race();

    /** How it is run, for people: {@code explored under TSO}. */
    String how();

    /** What came out, an {@code Explored} or a {@code Stressed}: run when it is first asked for. */
    Object result();

    /** Passes if what came out is as expected. */
    void check();
}
