package dev.shootdown.report;

import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.StressingEngine;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Numbers;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stresses races that have no jcstress test of their own, one after the other, on threads of this VM. A race that showed
 * nothing, neither a failure nor enough of the race, gets {@value #LONGER} times as long, {@value #TRIES} tries in all; a failure
 * is never tried again. What was seen so far can be asked for at any time, by any thread.
 */
final class CellStage {
    static final int TRIES = 5;
    static final int LONGER = 4;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final List<Race> races;
    private final Duration first;
    private final StressingEngine engine;
    private final PrintStream out;
    private final InstantSource clock;
    private final List<Stressed> seen = new ArrayList<>();
    private final List<Finding> broke = new ArrayList<>();
    private Instant lastLine = Instant.MIN;

    /**
     * @param races what to stress
     * @param first for how long each, at first
     * @param engine what stresses
     * @param out where progress goes
     * @param clock tells when a line is due
     */
    CellStage(List<Race> races, Duration first, StressingEngine engine, PrintStream out, InstantSource clock) {
        this.races = List.copyOf(races);
        this.first = first;
        this.engine = engine;
        this.out = out;
        this.clock = clock;
    }

    /** Stresses all of them, or until the calling thread is interrupted. */
    CellRun run() {
        out.println("Stressing " + Numbers.counted(races.size(), "race") + " of the catalogue in this VM, "
                + first.toMillis() + " ms each and up to " + (int) Math.pow(LONGER, TRIES - 1)
                + " times as long where nothing shows");
        for (Race race : races) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            stress(race);
            printIfDue();
        }
        return soFar();
    }

    private void stress(Race race) {
        try {
            Stressed last = engine.stress(race, first);
            Duration longer = first;
            for (int more = 1; more < TRIES && showedNothing(last); more++) {
                longer = longer.multipliedBy(LONGER);
                last = engine.stress(race, longer);
            }
            add(last);
        } catch (IllegalStateException e) {
            add(race, e);
        }
    }

    /** Not as expected, but for want of something: more time may show it. */
    private static boolean showedNothing(Stressed last) {
        return !last.findings().isEmpty() && !CellRun.failed(last);
    }

    private synchronized void add(Stressed last) {
        seen.add(last);
    }

    private synchronized void add(Race race, IllegalStateException why) {
        String sentence = Objects.requireNonNullElse(why.getMessage(), "it broke")
                .lines()
                .findFirst()
                .orElse("");
        broke.add(Finding.ofTest(race.id(), ExitCode.BROKEN, sentence + "."));
    }

    private void printIfDue() {
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(LONGEST_SILENCE) >= 0) {
            lastLine = now;
            out.println("stressing in this VM: " + done() + " of " + Numbers.counted(races.size(), "race"));
        }
    }

    /** How many were stressed, or broke. */
    synchronized int done() {
        return seen.size() + broke.size();
    }

    /** How many there are to be. */
    int planned() {
        return races.size();
    }

    /** What has been seen so far, not yet judged. */
    synchronized CellRun soFar() {
        return new CellRun(races, seen, broke);
    }
}
