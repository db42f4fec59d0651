package dev.shootdown.cli;

import dev.shootdown.report.ExploreProgress.Screen;
import dev.shootdown.stress.Numbers;
import java.io.PrintWriter;
import java.time.Duration;

/** How far a command is, and how long the rest takes: a line written over on a terminal, a line now and then elsewhere. */
final class Progress {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final Screen screen;
    private final int total;
    private final long started = System.nanoTime();
    private long lastLine = started;
    private int done;

    Progress(PrintWriter out, Screen screen, int total) {
        this.out = out;
        this.screen = screen;
        this.total = total;
    }

    /** One more is done. */
    void step(String what) {
        done++;
        String line = what + ": " + done + " of " + total + rest();
        switch (screen) {
            case TERMINAL -> out.print(CLEAR + line);
            case PLAIN -> printIfDue(line);
        }
        out.flush();
    }

    private void printIfDue(String line) {
        if (System.nanoTime() - lastLine >= LONGEST_SILENCE.toNanos()) {
            lastLine = System.nanoTime();
            out.println(line);
        }
    }

    private String rest() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        Duration left = elapsed.multipliedBy(total - done).dividedBy(done);
        return done >= total ? "" : ", about " + Numbers.time(left) + " left";
    }

    /** Makes room for other lines. */
    void clear() {
        if (screen == Screen.TERMINAL) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
