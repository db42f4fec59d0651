package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;

/** A reader of page tables, bound to one hart of one machine; called by one thread. */
public interface Walker {
    /** Walks to an address once, in whatever section is meant to protect it. */
    WalkOutcome walk(long virtualAddress);

    /** Gives back what the last walk took, after its section. */
    void release();
}
