package dev.shootdown.stress;

import java.io.Serial;

/** A run that cannot begin, because what it was given makes no plan. The message tells the user what to change. */
public final class PlanException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** How the process ends. */
    private final ExitCode exitCode;

    /**
     * Says why there is nothing to run.
     *
     * @param exitCode how the process is to end
     * @param message what is wrong, and what the choices are
     */
    public PlanException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** {@return how the process ends because of it} */
    public ExitCode exitCode() {
        return exitCode;
    }
}
