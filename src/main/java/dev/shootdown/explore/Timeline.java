package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An execution as a reader of the kernel would tell it: a column a hart, words and values by name, who waits for whom, and what
 * becomes of the frame that the race is about. Data only; {@link TimelineText} makes text of it.
 *
 * <p>Steps are numbered as in the {@link Recording}, from 1; 0 is before the first and {@link #OPEN} after the last.
 *
 * @param program the name of what ran; of a race, the id
 * @param model the memory model that it was run under
 * @param harts the titles of the columns, by hart
 * @param rows every step
 * @param lines the rows as they are worth reading: without statistics, with runs of like steps as one
 * @param windows what harts were in, from when to when, in order of their beginnings
 * @param waits waits that could not end at once
 * @param arrows what went from one hart to another
 * @param victim what became of the frame that was freed or, if none was, of the table that was hooked
 * @param violationStep the step that must not be; 0 if there is none
 * @param outcome what came out, as the program says, or that it was a forbidden access that nobody noticed
 * @param ending how the execution ended
 */
public record Timeline(
        String program,
        MemoryModel model,
        List<String> harts,
        List<Row> rows,
        List<Line> lines,
        List<Window> windows,
        List<Waiting> waits,
        List<Arrow> arrows,
        Optional<VictimLife> victim,
        int violationStep,
        String outcome,
        Recording.Ending ending) {
    /** The end of what does not end. */
    public static final int OPEN = Integer.MAX_VALUE;

    /** Nobody's hart number. */
    public static final int NOBODY = -1;

    /** Copies the lists. */
    public Timeline {
        harts = List.copyOf(harts);
        rows = List.copyOf(rows);
        lines = List.copyOf(lines);
        windows = List.copyOf(windows);
        waits = List.copyOf(waits);
        arrows = List.copyOf(arrows);
    }

    /**
     * {@return the timeline of an execution of a race}
     *
     * @param race what ran; its tables as prepared give words their names
     * @param recording of that race
     */
    public static Timeline of(Race race, Recording recording) {
        return TimelineBuilder.of(race, recording);
    }

    /**
     * {@return the timeline of any execution; words have the names of their regions}
     *
     * @param recording of any program
     */
    public static Timeline of(Recording recording) {
        return TimelineBuilder.of(recording);
    }

    /** What is special about a step. */
    public enum Mark {
        /** Another hart stepped before it. */
        SWITCH,
        /** It must not be. */
        VIOLATION,
        /** A weak memory model let it see, or come into, a state that was not the latest. */
        STALE
    }

    /**
     * A step.
     *
     * @param step its number, from 1
     * @param hart who made it
     * @param kind which access it was
     * @param kernel the kernel function that it belongs to; empty if none is known
     * @param word the word by name; empty if it touched none
     * @param what what it did, such as {@code pmd[1] of table 0x80003 → freed}
     * @param marks what is noteworthy about it
     */
    public record Row(int step, int hart, Step.Kind kind, String kernel, String word, String what, Set<Mark> marks) {
        /** Copies the set. */
        public Row {
            marks = Set.copyOf(marks);
        }
    }

    /**
     * Some successive steps of a hart.
     *
     * @param first the first of them
     * @param last the last
     * @param hart who made them
     * @param kernel the kernel function that they belong to; empty if none is known
     * @param what what they did
     * @param marks those of all of them
     */
    public record Line(int first, int last, int hart, String kernel, String what, Set<Mark> marks) {
        /** Copies the set. */
        public Line {
            marks = Set.copyOf(marks);
        }
    }

    /** What a hart can be in. */
    public enum Section {
        /** S-mode interrupts are off. */
        INTERRUPTS_OFF,
        /** A handler runs. */
        IN_HANDLER,
        /** {@code rcu_read_lock} is held. */
        RCU_READER,
        /** The hardware page-table walker walks. */
        HARDWARE_WALK
    }

    /**
     * A hart is in something.
     *
     * @param hart the hart that is in it
     * @param section what it is in
     * @param by the hart that entered it: the hart itself, or for a handler also the one that ran it in its place
     * @param from the step that enters
     * @param to the step that leaves, or {@link #OPEN}
     */
    public record Window(int hart, Section section, int by, int from, int to) {}

    /**
     * A hart waits.
     *
     * @param hart who waits
     * @param forHart for whom, or {@link #NOBODY} if no hart ever ends it
     * @param forWhat what keeps it, such as {@code interrupts off}
     * @param kernel the kernel function in which it waits; empty if none is known
     * @param from the step after which it waits
     * @param to the step that ends the wait, or {@link #OPEN}
     */
    public record Waiting(int hart, int forHart, String forWhat, String kernel, int from, int to) {}

    /** What can go from one hart to another. */
    public enum Signal {
        /** An inter-processor interrupt: from posting it to the beginning of its handler. */
        INTERRUPT,
        /** Its acknowledgement: from the handler's end to the sender's wait. */
        ACKNOWLEDGEMENT,
        /** An M-mode fence: done on the target while the sender's firmware looks. */
        MACHINE_MODE_FENCE,
        /** A request to a firmware hart. */
        FIRMWARE_CALL,
        /** Its completion. */
        FIRMWARE_RETURN
    }

    /**
     * Something went from one hart to another.
     *
     * @param signal what went
     * @param fromHart who sent it
     * @param fromStep the sender's step
     * @param toHart who received it
     * @param toStep the receiver's step
     */
    public record Arrow(Signal signal, int fromHart, int fromStep, int toHart, int toStep) {}

    /** What can become of a frame. */
    public enum State {
        /** A table was allocated. */
        ALLOCATED,
        /** Entries lead to it. */
        LINKED,
        /** All its entries were zeroed. */
        ZEROED,
        /** An entry on the way to it was cleared. */
        UNHOOKED,
        /** It was given back. */
        FREED,
        /** Somebody else was given it. */
        RECYCLED
    }

    /**
     * A frame comes into a state.
     *
     * @param state what it becomes
     * @param from the step that brings it there; 0 if it is in it before the first
     */
    public record Stage(State state, int from) {}

    /**
     * The stages of a frame, in order.
     *
     * @param name of the frame, such as {@code pte table 0x80003}
     * @param stages what it went through
     */
    public record VictimLife(String name, List<Stage> stages) {
        /** Copies the list. */
        public VictimLife {
            stages = List.copyOf(stages);
        }

        /**
         * {@return the state after a step, if it has one by then}
         *
         * @param step its number, from 1; 0 is before the first
         */
        public Optional<State> after(int step) {
            return stages.stream()
                    .filter(stage -> stage.from() <= step)
                    .reduce((earlier, later) -> later)
                    .map(Stage::state);
        }
    }
}
