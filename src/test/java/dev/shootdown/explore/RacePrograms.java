package dev.shootdown.explore;

import dev.shootdown.race.Race;

/** Races as programs, for tests in other packages that change a program before it is explored. */
public final class RacePrograms {
    private RacePrograms() {}

    /** What {@link Explorer} makes of a race. */
    public static Program of(Race race) {
        return new RaceProgram(race);
    }
}
