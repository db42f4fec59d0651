package dev.shootdown.stress;

/** How a fork ended. */
public enum ForkStatus {
    /** It ran to its end and sent its results. */
    COMPLETED,
    /** It was ended from outside after running far past its time, or reported that a wait of its own gave up. */
    HUNG,
    /** Its process ended without sending results, or with an error status. */
    CRASHED,
    /** It reported an exception. */
    ERROR
}
