package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;

/** Runs single executions again, and writes them down. Each call by itself; calls may run in parallel. */
public final class Replayer {
    private static final Bounds ONE = new Bounds(2, 100_000);

    private Replayer() {}

    /**
     * {@return the execution that a schedule leads to, as of {@link #replay(Program, MemoryModel, Schedule)}, for a
     * race}
     *
     * @param race what the schedule was recorded of
     * @param model what the schedule was recorded under
     * @param schedule of an execution of that race
     */
    public static Recording replay(Race race, MemoryModel model, Schedule schedule) {
        return replay(new RaceProgram(race), model, schedule);
    }

    /**
     * Runs the execution that a schedule leads to.
     *
     * @param program the same that the schedule was recorded of
     * @param model what the schedule was recorded under
     * @param schedule the decisions
     * @return what happened
     * @throws ReplayDiverged if the schedule does not fit the program, or the execution came to something else than it says
     * @throws ActorThrew if an actor threw
     */
    public static Recording replay(Program program, MemoryModel model, Schedule schedule) {
        Recording recording = retrace(program, model, schedule);
        requireSame(program.name(), schedule, recording.schedule());
        return recording;
    }

    /** Runs the execution that a schedule's decisions lead to, whatever it comes to. */
    static Recording retrace(Program program, MemoryModel model, Schedule schedule) {
        return run(program, model, schedule, Guided.Manner.EXACT);
    }

    /** Requires that an execution came to what its schedule says. */
    static void requireSame(String program, Schedule expected, Schedule found) {
        requireSame(program, "the outcome", expected.outcome(), found.outcome());
        requireSame(program, "the step that must not be", expected.violationStep(), found.violationStep());
        requireSame(program, "the number of preemptions", expected.preemptions(), found.preemptions());
    }

    /** Requires that one thing about an execution is as it was. */
    static void requireSame(String program, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new ReplayDiverged(
                    "the replay of " + program + " differs in " + what + ": expected " + expected + ", found " + found);
        }
    }

    /**
     * Runs a program along a schedule that was made for another one, as far as that goes: each hart steps as often in a row
     * as the schedule says, or until it blocks or finishes, and in the end everybody goes on.
     *
     * @param program the changed program
     * @param model what the schedule was recorded under
     * @param schedule of an execution of the other one
     * @return what happened
     * @throws ActorThrew if an actor threw
     */
    public static Recording follow(Program program, MemoryModel model, Schedule schedule) {
        return run(program, model, schedule, Guided.Manner.LOOSE);
    }

    /** Runs an execution that was found under sequential consistency under a weaker model, which has it too. */
    static Schedule translate(Program program, MemoryModel model, Schedule sequential) {
        return run(program, model, sequential, Guided.Manner.AS_SEQUENTIAL).schedule();
    }

    private static Recording run(Program program, MemoryModel model, Schedule schedule, Guided.Manner manner) {
        Pass pass = new Pass(
                program, model, (events, memory) -> new Guided(events, memory, schedule.decisions(), manner), ONE);
        return pass.record();
    }
}
