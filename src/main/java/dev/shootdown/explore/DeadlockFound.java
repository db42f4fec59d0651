package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Wait;
import java.util.stream.Collectors;

/** Harts can come to wait for each other for ever. The message says who waits for what; the schedule leads there. */
public final class DeadlockFound extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Schedule schedule;

    DeadlockFound(Recording deadlock) {
        super(deadlock.program() + " can deadlock under " + deadlock.model() + ", after "
                + deadlock.steps().size() + " steps: " + describe(deadlock));
        this.schedule = deadlock.schedule();
    }

    private static String describe(Recording deadlock) {
        return deadlock.waits().stream()
                .filter(wait -> wait.until() == Wait.FOR_EVER)
                .map(wait -> "hart " + wait.hart() + " waits for "
                        + deadlock.layout().nameOf(wait.offset()) + " to be " + wait.awaited())
                .collect(Collectors.joining("; "));
    }

    /** The decisions up to where nobody can go on. */
    public Schedule schedule() {
        return schedule;
    }
}
