package dev.shootdown.explore;

/**
 * An actor threw, as the library's own checks do (a double free, say). The cause is what it threw; the message says how it came to
 * that.
 */
public final class ActorThrew extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Recording recording;
    /** The message without the timeline. */
    private final String summary;

    /**
     * @param told the timeline of {@code until}, or nothing
     */
    ActorThrew(Recording until, Throwable cause, String told) {
        this(until, summary(until, cause), cause, told);
    }

    private ActorThrew(Recording until, String summary, Throwable cause, String told) {
        super(told.isEmpty() ? summary : summary + "\n\n" + told, cause);
        this.recording = until;
        this.summary = summary;
    }

    private static String summary(Recording until, Throwable cause) {
        return "an actor of " + until.program() + " threw under " + until.model() + ", after "
                + until.steps().size() + " steps: " + cause;
    }

    /** The message's first line. */
    String summary() {
        return summary;
    }

    /** {@return the execution up to where it threw} */
    public Recording recording() {
        return recording;
    }
}
