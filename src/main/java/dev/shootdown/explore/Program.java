package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * What an explorer runs: a few harts over shared words. Everything that decides what a hart does next must come from the
 * words; time, identity hashes and random numbers make a replay diverge.
 */
public interface Program {
    /** {@return the name, for messages and results} */
    String name();

    /** {@return how many harts, 1 to 15} */
    int harts();

    /** {@return the words it needs} */
    ImageLayout layout();

    /**
     * Stores what every execution begins with. Called once.
     *
     * @param words of {@link #layout}, all zero
     */
    void prepare(Words words);

    /**
     * {@return how one of its executions went, for people; empty if the program cannot tell}
     *
     * @param recording of an execution of this program
     */
    default String tell(Recording recording) {
        return "";
    }

    /**
     * Attaches the actors. Called again after an execution that was given up half-way.
     *
     * @param words prepared
     * @return the actors over them
     */
    Actors attach(Words words);

    /** The harts' bodies, run once in every execution. */
    interface Actors {
        /**
         * The body of a hart.
         *
         * @param hart from 0
         */
        void run(int hart);

        /** {@return what came out, in a word; asked after all harts have finished} */
        String outcome();

        /** {@return whether that is a failure} */
        boolean isFailure();

        /**
         * {@return the harts, a bit each, that say they met something freed: of each {@link #isForbiddenAccess} must
         * have said so before, or one of the two is wrong}
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
         * @param hart who accessed
         * @param offset of the word
         * @param memory words whose loads are no steps
         * @return whether it must not be
         */
        default boolean isForbiddenAccess(int hart, long offset, Memory memory) {
            return false;
        }
    }

    /** Memory as somebody outside sees it. */
    @FunctionalInterface
    interface Memory {
        /**
         * {@return the value at an offset now}
         *
         * @param offset of a word
         */
        long peek(long offset);
    }
}
