package dev.shootdown.explore;

import java.io.Serial;
import java.nio.file.Path;

/** A witness file that cannot be used. The message is one sentence that names the file and what is wrong with it. */
public final class WitnessException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    private final String why;

    WitnessException(Path file, String why, Throwable cause) {
        super(file + " " + why, cause);
        this.why = why;
    }

    /** {@return what is wrong, as the end of the sentence that begins with the file} */
    public String why() {
        return why;
    }
}
