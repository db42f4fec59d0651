package dev.shootdown.stress;

import java.util.Arrays;
import java.util.Optional;

/** How a run ends. The numbers are a contract with build servers; the higher one wins when several apply. */
public enum ExitCode {
    /** All verdicts are as expected. */
    AS_EXPECTED(0),
    /** A verdict is not as expected, or a failure that had to be seen was not. */
    NOT_AS_EXPECTED(1),
    /** Wrong usage or input. */
    BAD_INPUT(2),
    /** The run itself broke: something hung, crashed, did not run at all, was interrupted, or could not be written. */
    BROKEN(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /**
     * {@return the exit code with that number, if there is one}
     *
     * @param number a process's exit status
     */
    public static Optional<ExitCode> of(int number) {
        return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
    }

    /** {@return the process exit status} */
    public int number() {
        return number;
    }

    /**
     * {@return the more serious of the two}
     *
     * @param other a run's other result
     */
    public ExitCode or(ExitCode other) {
        return other.number > number ? other : this;
    }
}
