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

        /**
         * A stress test, by its short name.
         *
         * @param shortName its class's name, without the package
         */
        record OneTest(String shortName) implements Subject {}

        /**
         * The exploration of a program under a memory model; of a race, the program is its id.
         *
         * @param program its name
         * @param model what it was explored under
         */
        record OneExploration(String program, MemoryModel model) implements Subject {}
    }

    /**
     * {@return a finding about the run as a whole}
     *
     * @param severity how a run ends in which this was found
     * @param sentence what was found, for people
     */
    public static Finding ofRun(ExitCode severity, String sentence) {
        return new Finding(new Subject.WholeRun(), severity, sentence);
    }

    /**
     * {@return a finding about a stress test}
     *
     * @param shortName its class's name, without the package
     * @param severity how a run ends in which this was found
     * @param sentence what was found, for people
     */
    public static Finding ofTest(String shortName, ExitCode severity, String sentence) {
        return new Finding(new Subject.OneTest(shortName), severity, sentence);
    }

    /** {@return whether this is only worth knowing, and does not fail the run} */
    public boolean isNote() {
        return severity == ExitCode.AS_EXPECTED;
    }
}
