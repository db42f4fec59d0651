package dev.shootdown.race;

/**
 * An outcome that an {@link OutcomeClassifier} names.
 *
 * @param name upper-case letters, digits and single underscores; it stands beside the names of {@link Outcome} in results
 * @param grade how it is to be taken
 */
public record OwnOutcome(String name, Grade grade) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not like those of built-in outcomes, or is one of them
     */
    public OwnOutcome {
        NameRule.checkOutcome(name);
    }

    /** An outcome as it should be. */
    public static OwnOutcome acceptable(String name) {
        return new OwnOutcome(name, Grade.ACCEPTABLE);
    }

    /** An outcome that is allowed, and worth knowing. */
    public static OwnOutcome interesting(String name) {
        return new OwnOutcome(name, Grade.INTERESTING);
    }

    /** A failure. */
    public static OwnOutcome forbidden(String name) {
        return new OwnOutcome(name, Grade.FORBIDDEN);
    }

    /** Whether a sample or execution that comes out so has failed. */
    public boolean isForbidden() {
        return grade == Grade.FORBIDDEN;
    }
}
