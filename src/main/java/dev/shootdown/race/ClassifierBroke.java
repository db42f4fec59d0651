package dev.shootdown.race;

/** Thrown when an {@link OutcomeClassifier} threw, or named what it had not declared. */
public final class ClassifierBroke extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClassifierBroke(String message) {
        super(message);
    }

    ClassifierBroke(String message, Throwable cause) {
        super(message, cause);
    }
}
