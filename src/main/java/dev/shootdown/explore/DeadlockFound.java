package dev.shootdown.explore;

/** Harts can come to wait for each other for ever. The message gives the race and the schedule that leads there. */
public final class DeadlockFound extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DeadlockFound(String race, Schedule schedule) {
        super(race + " can deadlock, after the decisions " + schedule.decisions());
    }
}
