package dev.shootdown.report;

import dev.shootdown.explore.ExploreVerdict;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.stress.Numbers;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One line for each memory model; until it is there, a counter. */
public final class ExploreProgress implements StageListener {
    private final PrintStream out;
    private final Screen screen;
    private final InstantSource clock;
    private int races;
    private int done;
    private long executions;
    private Instant lastLine = Instant.MIN;

    /** What the lines are printed on. */
    public enum Screen {
        /** A terminal: the counter line is written over. */
        TERMINAL(Duration.ofMillis(100)),
        /** A file or a pipe: a counter line now and then. */
        PLAIN(Duration.ofSeconds(10));

        private final Duration silence;

        Screen(Duration silence) {
            this.silence = silence;
        }

        /** {@return what this process prints on} */
        @SuppressWarnings(
                "SystemConsoleNull") // JDK 25 may return null again, earlier ones a console that is no terminal
        public static Screen current() {
            Console console = System.console();
            return console != null && console.isTerminal() ? TERMINAL : PLAIN;
        }
    }

    /**
     * @param out where lines go
     * @param screen what that is
     * @param clock tells when a line is due
     */
    ExploreProgress(PrintStream out, Screen screen, InstantSource clock) {
        this.out = out;
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void modelStarts(MemoryModel model, int count) {
        races = count;
        done = 0;
        executions = 0;
        lastLine = clock.instant();
    }

    @Override
    public void explored(ExploredRace race) {
        done++;
        executions += race.executions();
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(screen.silence) >= 0) {
            lastLine = now;
            print("exploring " + race.model() + ": " + done + " of " + Numbers.counted(races, "race") + ", "
                    + Numbers.counted(executions, "execution"));
        }
    }

    private void print(String counter) {
        switch (screen) {
            case TERMINAL -> out.print("\r" + counter + " ");
            case PLAIN -> out.println(counter);
        }
    }

    @Override
    public void modelEnds(ModelRun run) {
        String start = screen == Screen.TERMINAL ? "\r" : "";
        out.println(start + line(run));
        if (run.notRun() < run.races().size()) {
            run.model().caveat().ifPresent(out::println);
        }
    }

    @Override
    public void drawn(int timelines, Duration took) {
        if (timelines > 0) {
            out.println("drew " + Numbers.counted(timelines, "timeline") + " of failing executions in "
                    + Numbers.seconds(took));
        }
    }

    /** What a model's races came to, in a line. */
    static String line(ModelRun run) {
        long ran = run.races().size() - run.notRun();
        if (ran == 0) {
            return "explored " + run.model() + ": not run" + reason(run);
        }
        return "explored " + run.model() + ": " + Numbers.counted(ran, "race") + ", " + run.asExpected()
                + " as expected; " + Numbers.counted(run.executions(), "execution") + " and "
                + Numbers.grouped(run.pruned()) + " pruned in " + Numbers.seconds(run.wall()) + " (searches "
                + Numbers.seconds(run.searching()) + " of all workers together), "
                + Numbers.compact(run.executionsPerSecond()) + " executions/s";
    }

    private static String reason(ModelRun run) {
        return run.races().stream()
                .filter(race -> race.verdict() == ExploreVerdict.NOT_RUN)
                .findFirst()
                .flatMap(race -> race.result().message())
                .map(message -> ": " + message)
                .orElse("");
    }
}
