package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * What an explorer runs: a few harts over shared words. Everything that decides what a hart does next must come from the
 * words; time, identity hashes and random numbers make a replay diverge.
 */
public interface Program {
    /** The name, for messages and results. */
    String name();

    /** How many harts, 1 to 15. */
    int harts();

    /** The words it needs. */
    ImageLayout layout();

    /** Stores what every execution begins with. Called once. */
    void prepare(Words words);

    /** How one of its executions went, for people; empty if the program cannot tell. */
    default String tell(Recording recording) {
        return "";
    }

    /** The actors over words that were prepared. Called again after an execution that was given up half-way. */
    Actors attach(Words words);

    /** The harts' bodies, run once in every execution. */
    interface Actors {
        /** The body of a hart. */
        void run(int hart);

        /** After all harts have finished: what came out, in a word. */
        String outcome();

        /** Whether that is a failure. */
        boolean isFailure();

        /**
         * The harts, a bit each, that say they met something freed: of each {@link #isForbiddenAccess} must have said so before, or one of
         * the two is wrong.
         */
        default int toldOfFreedMemory() {
            return 0;
        }

        /**
         * Asked after every access that loads: whether it must not be, such as a load from freed memory. Sees memory as it is,
         * unordered. Stores that do not load are not asked about: whoever drops the last reference to a page poisons it, and
         * that is no access to freed memory.
         *
         * <p>A reduction may run only one order of this access and of what changes the state it is judged by, if the access does not
         * touch that state. So what it judges must show in the accessed word as well, later in the same hart's program order, as a
         * freed frame's poison follows its state: then the order in which the access meets that is run, and is judged the same.
         *
         * @param memory words whose loads are no steps
         */
        default boolean isForbiddenAccess(int hart, long offset, Memory memory) {
            return false;
        }
    }

    /** Memory as somebody outside sees it. */
    @FunctionalInterface
    interface Memory {
        /** The value at an offset now. */
        long peek(long offset);
    }
}
