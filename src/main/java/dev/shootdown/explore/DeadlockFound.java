package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Wait;
import java.util.stream.Collectors;

/** Harts can come to wait for each other for ever. The message says who waits for what, and how it came to that. */
public final class DeadlockFound extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Recording recording;
    /** The message without the timeline. */
    private final String summary;

    /**
     * @param told the timeline of {@code deadlock}, or nothing
     */
    DeadlockFound(Recording deadlock, String told) {
        this(deadlock, summary(deadlock), told);
    }

    private DeadlockFound(Recording deadlock, String summary, String told) {
        super(told.isEmpty() ? summary : summary + "\n\n" + told);
        this.recording = deadlock;
        this.summary = summary;
    }

    private static String summary(Recording deadlock) {
        return deadlock.program() + " can deadlock under " + deadlock.model() + ", after "
                + deadlock.steps().size() + " steps: "
                + deadlock.waits().stream()
                        .filter(wait -> wait.until() == Wait.FOR_EVER)
                        .map(wait -> "hart " + wait.hart() + " waits for "
                                + deadlock.layout().nameOf(wait.offset()) + " to be " + wait.awaited())
                        .collect(Collectors.joining("; "));
    }

    /** The message's first line. */
    String summary() {
        return summary;
    }

    /** {@return the execution up to where nobody can go on} */
    public Recording recording() {
        return recording;
    }
}
