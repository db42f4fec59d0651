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

    /**
     * {@return an outcome as it should be}
     *
     * @param name upper-case letters, digits and single underscores, as of {@link Named#name()}
     */
    public static OwnOutcome acceptable(String name) {
        return new OwnOutcome(name, Grade.ACCEPTABLE);
    }

    /**
     * {@return an outcome that is allowed, and worth knowing}
     *
     * @param name upper-case letters, digits and single underscores, as of {@link Named#name()}
     */
    public static OwnOutcome interesting(String name) {
        return new OwnOutcome(name, Grade.INTERESTING);
    }

    /**
     * {@return a failure}
     *
     * @param name upper-case letters, digits and single underscores, as of {@link Named#name()}
     */
    public static OwnOutcome forbidden(String name) {
        return new OwnOutcome(name, Grade.FORBIDDEN);
    }

    /** {@return whether a sample or execution that comes out so has failed} */
    public boolean isForbidden() {
        return grade == Grade.FORBIDDEN;
    }
}
