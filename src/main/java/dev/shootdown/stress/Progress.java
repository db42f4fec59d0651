package dev.shootdown.stress;

import java.io.PrintStream;
import java.time.Duration;

/** One line for each fork that has ended: what it saw, and how long the rest will take. */
final class Progress {
    private final PrintStream out;
    private final int total;
    private final long startedNanos = System.nanoTime();
    private int finished;

    /**
     * @param out where lines go
     * @param total how many forks there will be
     */
    Progress(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    /** A fork has ended. */
    synchronized void finished(ConfigurationResult result) {
        finished++;
        out.println(
                "[" + finished + "/" + total + "] " + result.configuration().label() + " … " + seen(result) + rest());
    }

    private static String seen(ConfigurationResult result) {
        String forbidden =
                Numbers.compact(result.samples()) + " samples, " + Numbers.compact(result.failures()) + " forbidden";
        return switch (result.status()) {
            case COMPLETED -> forbidden;
            case HUNG, CRASHED, ERROR ->
                result.status()
                        + result.firstMessage().map(message -> ": " + message).orElse("");
        };
    }

    private String rest() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
        Duration left = elapsed.multipliedBy(total - finished).dividedBy(finished);
        return finished == total ? "" : ", about " + Numbers.time(left) + " left";
    }
}
