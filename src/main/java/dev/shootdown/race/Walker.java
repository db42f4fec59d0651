package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;

/**
 * A reader of page tables, bound to one hart of one machine. {@link #walk} and then {@link #release} are called once a sample
 * or execution, by the hart's thread; the object is used again for the next, after the machine has been set back.
 */
public interface Walker {
    /**
     * Walks to an address once, in whatever section is meant to protect it, and closes that. Forgets what the walk before
     * found.
     *
     * @param virtualAddress {@link RaceSite#address}
     * @return how it ended: what is forbidden is returned, not thrown
     */
    WalkOutcome walk(long virtualAddress);

    /** Gives back what the last walk took, after its section; does nothing if it took nothing. */
    void release();
}
