package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.race.MemoryModel;
import java.util.List;

/**
 * An execution, step by step.
 *
 * @param program the name of what ran; of a race, the id
 * @param model the memory model that it was run under
 * @param harts how many
 * @param layout where the words stand
 * @param schedule the decisions that lead to it
 * @param steps what happened, in order
 * @param waits every wait that could not end at once
 * @param outcome what came out, as the program says
 * @param ending how it ended
 */
public record Recording(
        String program,
        MemoryModel model,
        int harts,
        ImageLayout layout,
        Schedule schedule,
        List<Step> steps,
        List<Wait> waits,
        String outcome,
        Ending ending) {

    /**
     * A hart that wanted to go on and could not.
     *
     * @param hart who waits
     * @param offset byte offset of the word it waits for
     * @param awaited what it waits for the word to be, in words
     * @param from the number of the step after which it waits
     * @param until the number of the step that ends the wait; {@link #FOR_EVER} if nothing does
     */
    public record Wait(int hart, long offset, String awaited, int from, int until) {
        /** No step ends the wait. */
        public static final int FOR_EVER = Integer.MAX_VALUE;
    }

    /** How an execution ends. */
    public enum Ending {
        /** All harts finished, and nothing went wrong. */
        HELD,
        /** All harts finished; something was loaded, or came out, that must not. */
        FAILED,
        /** Harts wait for each other for ever. */
        DEADLOCK,
        /** An actor threw, and nobody went on. */
        THREW
    }

    /** Copies the lists. */
    public Recording {
        steps = List.copyOf(steps);
        waits = List.copyOf(waits);
    }
}
