package dev.shootdown.stress;

import java.util.Optional;

/**
 * One thing the gate has to say about a run.
 *
 * @param test the short name of the test it is about, or empty if it is about the run as a whole
 * @param severity the exit code it asks for; {@link ExitCode#AS_EXPECTED} makes it a mere note
 * @param sentence what was found and why it matters, readable by itself
 */
public record Finding(Optional<String> test, ExitCode severity, String sentence) {
    /** Whether this is only worth knowing, and does not fail the run. */
    public boolean isNote() {
        return severity == ExitCode.AS_EXPECTED;
    }
}
