package dev.shootdown.explore;

import java.util.List;

/**
 * One step of a recorded execution: what one hart did to one word.
 *
 * @param number from 1
 * @param hart whose step it is; of a drain, whose store it was
 * @param kind what it did
 * @param access the method of {@link dev.shootdown.memory.Words} by which it did it, such as {@code getAcquire}; the empty
 *     string for {@link Kind#BEGIN}
 * @param offset byte offset of the word in the image; {@link #NO_WORD} if it touched none
 * @param before of a step that stores: what the word held until then
 * @param value what was loaded or stored
 * @param freshness whether a weak memory model made it different from what sequential consistency gives
 * @param mirrors the {@link dev.shootdown.hart.Mirrors} names of the methods under way, outermost first
 */
public record Step(
        int number,
        int hart,
        Kind kind,
        String access,
        long offset,
        long before,
        long value,
        Freshness freshness,
        List<String> mirrors) {
    /** The offset of a step that touches no word. */
    public static final long NO_WORD = -1;

    /** What a step does. */
    public enum Kind {
        /** The hart starts. */
        BEGIN,
        /** Loads a word. */
        LOAD,
        /** Ends a wait, on the value loaded. */
        AWAIT,
        /** Stores a word; others may see it. */
        STORE,
        /** Puts a store into the hart's buffer, where others do not see it. */
        BUFFER,
        /** The oldest store in the hart's buffer reaches memory. */
        DRAIN,
        /** Loads and stores a word in one, as a full barrier. */
        READ_MODIFY_WRITE,
        /** A compare-and-set that found another value. */
        COMPARE_FAILED,
        /** Orders all before against all after. */
        FENCE
    }

    /** Whether a step saw, or came into, a word's latest state. */
    public enum Freshness {
        /** It did: nothing was reordered here. */
        LATEST,
        /** A load that returned an older value, or a store that went in before a newer one. */
        STALE
    }

    /** Copies the list. */
    public Step {
        mirrors = List.copyOf(mirrors);
    }
}
