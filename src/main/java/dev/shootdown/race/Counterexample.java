package dev.shootdown.race;

import java.nio.file.Path;

/** A failing execution of a race. Immutable; may be used by any thread. */
public interface Counterexample {
    /** {@return what came out of it, such as {@code READ_FREED_TABLE}, or what an {@link OutcomeClassifier} named} */
    String outcome();

    /** {@return the execution step by step, a column a hart: several lines of text for a fixed-width font} */
    String timeline();

    /**
     * Writes it down, so that it can be run again, and replaces what was there. Missing directories are made.
     *
     * @param file where to
     * @throws RuntimeException if the file cannot be written; the message names it
     */
    void save(Path file);
}
