package dev.shootdown.race;

/** What is claimed, or has been found out, about a race. */
public enum Verdict {
    /** The walker never reads a freed or foreign table. Only exploration can establish it. */
    SAFE,
    /** Some execution lets the walker read a freed or foreign table. One witness establishes it. */
    UNSAFE,
    /** Not decided: a bound was hit, or the run did not finish. It is never a claim, only ever a result. */
    INCONCLUSIVE
}
