package dev.shootdown.explore;

/**
 * An actor threw, as the library's own checks do (a double free, say). The cause is what it threw; the schedule leads there.
 */
public final class ActorThrew extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Schedule schedule;

    ActorThrew(String program, Schedule schedule, Throwable cause) {
        super("an actor of " + program + " threw after " + schedule.decisions().size() + " steps: " + cause, cause);
        this.schedule = schedule;
    }

    /** The decisions up to where it threw. */
    public Schedule schedule() {
        return schedule;
    }
}
