package dev.shootdown.stress;

import dev.shootdown.race.MemoryModel;

/**
 * One thing a gate has to say about a run.
 *
 * @param subject what it is about
 * @param severity the exit code it asks for; {@link ExitCode#AS_EXPECTED} makes it a mere note
 * @param sentence what was found and why it matters, readable by itself
 */
public record Finding(Subject subject, ExitCode severity, String sentence) {
    /** What a finding is about. */
    public sealed interface Subject {
        /** The run as a whole. */
        record WholeRun() implements Subject {}

        /** A stress test, by its short name. */
        record OneTest(String shortName) implements Subject {}

        /** The exploration of a program under a memory model; of a race, the program is its id. */
        record OneExploration(String program, MemoryModel model) implements Subject {}
    }

    /** A finding about the run as a whole. */
    public static Finding ofRun(ExitCode severity, String sentence) {
        return new Finding(new Subject.WholeRun(), severity, sentence);
    }

    /** A finding about a stress test. */
    public static Finding ofTest(String shortName, ExitCode severity, String sentence) {
        return new Finding(new Subject.OneTest(shortName), severity, sentence);
    }

    /** Whether this is only worth knowing, and does not fail the run. */
    public boolean isNote() {
        return severity == ExitCode.AS_EXPECTED;
    }
}
