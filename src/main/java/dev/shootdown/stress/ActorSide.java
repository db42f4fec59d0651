package dev.shootdown.stress;

import dev.shootdown.walk.WalkOutcome;

/**
 * What one actor of a sample writes while the race is on, on cache lines of its own: its arrival at the rendezvous, its
 * delay, its results. The fields stand between two paddings in the class hierarchy, where no layout can mix them up.
 */
final class ActorSide extends ActorFields {
    long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;
}

abstract class ActorPadding {
    /** Fills the gap behind a header of 12 bytes, into which the VM would put a field of the subclass. */
    int gap;

    long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

abstract class ActorFields extends ActorPadding {
    /** Set when the actor has arrived. */
    volatile int arrived;
    /** Steps to idle after the rendezvous, 0 or more. */
    int delay;
    /** Keeps the idling from being optimised away. */
    int idled;
    /** Steps to idle in the middle of the walk; the mutator's, where it lets others have their turn. */
    int dawdle;
    /** The walker's: the step before which it idles. */
    int dawdlesBefore;
    /** The mutator's: whether to take its time. */
    boolean timed;
    /** The mutator's: how long it took, if it was timed. */
    long nanos;
    /** Whether the others did not arrive in time. */
    boolean unmet;
    /** The walker's: how its walk ended. */
    WalkOutcome walked = WalkOutcome.NOT_PRESENT;
    /** The walker's: whether it entered a table at the victim's level. */
    boolean enteredVictim;
    /** The walker's: whether it came as far as the page. */
    boolean reachedPage;
    /** The walker's: the level of the table in which it read what it must not, or -1. */
    int findingLevel;
    /** The walker's: whether a table it had entered was freed before its section ended. */
    boolean nearMiss;
    /** The mutator's: whether the walker's section was open when the marker had been passed. */
    boolean walkWasOpen;
}
