package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.util.List;

/**
 * An execution to be run again, on any machine: the race, the memory model and the decisions, and what every step came
 * to.
 *
 * @param race the race; of one with parts of your own, the file holds the id only
 * @param model what the execution was run under
 * @param schedule the decisions
 * @param violation the step that must not be; of an execution that ended well, its last step
 * @param steps what each step did, in a form that is the same wherever it is run
 */
public record Witness(Race race, MemoryModel model, Schedule schedule, Violation violation, List<String> steps) {
    /** The form of the file that this version writes and reads. */
    public static final String SCHEMA = "shootdown-witness/1";

    /** Copies the list. */
    public Witness {
        steps = List.copyOf(steps);
    }

    /**
     * A step by name.
     *
     * @param step its number, from 1
     * @param hart who made it
     * @param word the word that it touched, such as {@code pte[1] of table 0x2000002}; empty if it touched none
     * @param value what it loaded or stored, such as {@code freed}
     */
    public record Violation(int step, int hart, String word, String value) {}

    /**
     * {@return the witness of a recorded execution}
     *
     * @param race what ran
     * @param recording of that race
     * @throws IllegalArgumentException if it is one of another race, or has no step
     */
    public static Witness of(Race race, Recording recording) {
        if (!race.id().equals(recording.program())) {
            throw new IllegalArgumentException(
                    "a recording of " + recording.program() + " is no witness of " + race.id());
        }
        if (recording.steps().isEmpty()) {
            throw new IllegalArgumentException("a recording of " + race.id() + " without a step is no witness");
        }
        return new Witness(
                race,
                recording.model(),
                recording.schedule(),
                violation(race, recording),
                recording.steps().stream().map(Witness::line).toList());
    }

    private static Violation violation(Race race, Recording recording) {
        WordNames names = WordNames.of(race, recording);
        int number = TellTale.step(recording, names.places());
        Step step = recording.steps().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElse(recording.steps().getLast());
        return new Violation(
                step.number(),
                step.hart(),
                names.word(step.offset(), step.number()),
                names.value(step.offset(), step.value(), step.number()));
    }

    /** A step in the form of {@link #steps}: {@code h0 LOAD 0x1a8 = 0x800000c1}. */
    private static String line(Step step) {
        String word = step.offset() == Step.NO_WORD ? "" : " 0x" + Long.toHexString(step.offset());
        return "h" + step.hart() + " " + step.kind() + word + " = 0x" + Long.toHexString(step.value());
    }

    /**
     * Runs the execution again, and checks that it is the same.
     *
     * @return the recording
     * @throws ReplayDiverged if it is not, as {@link #verify}
     */
    public Recording replay() {
        Recording recording = Replayer.retrace(new RaceProgram(race), model, schedule);
        verify(recording);
        return recording;
    }

    /**
     * Checks that an execution is this one again: the same steps with the same values, the same outcome after as many
     * preemptions, and the same step that must not be.
     *
     * @param recording an execution of the same race
     * @throws ReplayDiverged if it is not; the message names the first step that differs, what was expected and what was found
     */
    public void verify(Recording recording) {
        require("the race", race.id(), recording.program());
        require("the memory model", model, recording.model());
        List<String> found = recording.steps().stream().map(Witness::line).toList();
        for (int index = 0; index < Math.max(steps.size(), found.size()); index++) {
            require("step " + (index + 1), at(steps, index), at(found, index));
        }
        Replayer.requireSame(race.id(), schedule, recording.schedule());
        require("the violation", violation, violation(race, recording));
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "no step";
    }

    private void require(String what, Object expected, Object found) {
        Replayer.requireSame(race.id(), what, expected, found);
    }
}
