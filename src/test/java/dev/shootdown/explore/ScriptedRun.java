package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A program run by a script, a hart at a time, and recorded. */
final class ScriptedRun {
    private static final int ALL = 1_000;

    private ScriptedRun() {}

    /** Lets a hart make steps until it has made so many, or waits, or is done. */
    record Segment(int hart, int steps) {
        static Segment of(int hart, int steps) {
            return new Segment(hart, steps);
        }

        static Segment all(int hart) {
            return new Segment(hart, ALL);
        }
    }

    static Recording of(Race race, Segment... script) {
        return of(new RaceProgram(race), MemoryModel.SC, script);
    }

    /** Runs the script, and then the harts to their ends, the lowest first. */
    static Recording of(Program program, MemoryModel model, Segment... script) {
        List<Integer> decisions = new ArrayList<>();
        for (Segment segment : script) {
            decisions.addAll(Collections.nCopies(segment.steps(), segment.hart()));
        }
        for (int hart = 0; hart < program.harts(); hart++) {
            decisions.add(hart);
        }
        return Replayer.follow(program, model, new Schedule(decisions, 0, 1, ""));
    }
}
