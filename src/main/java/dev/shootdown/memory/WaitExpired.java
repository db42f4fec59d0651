package dev.shootdown.memory;

/** A bounded wait gave up. The message says which word, its last value, what was awaited, and what the machine held. */
public final class WaitExpired extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message that says what was awaited, and what was found.
     *
     * @param message for whoever reads the log
     */
    public WaitExpired(String message) {
        super(message);
    }
}
