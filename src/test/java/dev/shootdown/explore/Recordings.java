package dev.shootdown.explore;

import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.ScriptedRun.Segment;
import dev.shootdown.explore.Step.Freshness;
import dev.shootdown.explore.Step.Kind;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.util.ArrayList;
import java.util.List;

/** Recordings to look at. */
final class Recordings {
    /** The race that the project is about. */
    static final Race FOUNDING = Race.of(FAST_GUP).shootdown(SBI_RFENCE);

    static final int UNTIL_THE_PMD_IS_READ = 5;

    private Recordings() {}

    /** The walker reads the pmd; the mutator does all that it can; the walker goes on. */
    static Recording overtaken(Race race) {
        return overtaken(race, UNTIL_THE_PMD_IS_READ);
    }

    /** The walker makes some steps; the mutator does all that it can; the walker goes on. */
    static Recording overtaken(Race race, int walkerSteps) {
        return ScriptedRun.of(race, Segment.of(0, walkerSteps), Segment.all(1));
    }

    /** The shortest failing execution that an exploration finds. */
    static Recording witness(Race race, MemoryModel model) {
        Schedule schedule =
                new Explorer(Bounds.DEFAULT).explore(race, model).witness().orElseThrow();
        return Replayer.replay(new RaceProgram(race), model, schedule);
    }

    /** The same recording with other steps. */
    static Recording with(Recording recording, List<Step> steps) {
        return new Recording(
                recording.program(),
                recording.model(),
                recording.harts(),
                recording.layout(),
                recording.schedule(),
                steps,
                recording.waits(),
                recording.outcome(),
                recording.ending());
    }

    /** The same step with another value. */
    static Step with(Step step, long value) {
        return new Step(
                step.number(),
                step.hart(),
                step.kind(),
                step.access(),
                step.offset(),
                step.before(),
                value,
                step.freshness(),
                step.mirrors());
    }

    /** Steps by hand, numbered as they come. */
    static final class Script {
        private final List<Step> steps = new ArrayList<>();

        Script add(int hart, Kind kind, long offset, long before, long value) {
            return add(hart, kind, offset, before, value, Freshness.LATEST);
        }

        Script add(int hart, Kind kind, long offset, long before, long value, Freshness freshness) {
            steps.add(new Step(steps.size() + 1, hart, kind, "", offset, before, value, freshness, List.of()));
            return this;
        }

        Recording recording(String program, ImageLayout layout) {
            return recording(program, layout, new Schedule(List.of(), 0, steps.size(), "OVER"), Ending.HELD);
        }

        Recording recording(String program, ImageLayout layout, Schedule schedule, Ending ending) {
            return new Recording(
                    program, MemoryModel.TSO, 2, layout, schedule, steps, List.of(), schedule.outcome(), ending);
        }
    }
}
