package dev.shootdown.junit;

import org.jspecify.annotations.Nullable;

/** Something is wrong with the annotation: what, as the end of a sentence that begins with the test's name. */
final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misuse(String predicate) {
        this(predicate, null);
    }

    Misuse(String predicate, @Nullable Throwable cause) {
        super(predicate, cause);
    }
}
