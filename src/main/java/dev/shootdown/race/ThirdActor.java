package dev.shootdown.race;

/** Who else takes part, on a thread of its own. */
public enum ThirdActor {
    /** Nobody: firmware runs on the caller, interrupts are taken by the walker or in its place, the freer polls RCU. */
    NONE,
    /** The firmware that serves fence requests. */
    FIRMWARE,
    /** Another hart that runs the address space, walks nothing, and takes the interrupts that are sent to it. */
    INTERRUPTED_HART,
    /** A hart that waits for grace periods and runs RCU callbacks. */
    RCU_CALLBACK_HART,
    /** A hart whose worker frees the tables that were left to it, as they come. */
    WORKER_HART,
    /** An actor that the mutator's kind brings along: {@link MutatorKind#ownActor}. */
    OWN
}
