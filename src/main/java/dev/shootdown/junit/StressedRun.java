package dev.shootdown.junit;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A race stressed on this host. Confined to the test's thread. */
final class StressedRun implements RaceRun {
    private static final int MOST_TRIES = 4;

    private final Race race;
    private final long millis;
    private @Nullable Stressed result;

    StressedRun(Race race, long millis) {
        this.race = race;
        this.millis = millis;
    }

    @Override
    public Race race() {
        return race;
    }

    @Override
    public String how() {
        return "stressed for " + millis + " ms";
    }

    @Override
    public Stressed result() {
        Stressed known = result;
        if (known == null) {
            known = stress();
            result = known;
        }
        return known;
    }

    /** What is missing because the machine had something else to do may come with time; a failure does not go away. */
    private Stressed stress() {
        Duration time = Duration.ofMillis(millis);
        Stressed stressed = race.stress(time);
        for (int tries = 1; tries < MOST_TRIES && showedTooLittle(stressed); tries++) {
            time = time.multipliedBy(2);
            stressed = race.stress(time);
        }
        return stressed;
    }

    private static boolean showedTooLittle(Stressed stressed) {
        boolean failed = !stressed.isExpectedToFail() && stressed.failures() + stressed.nearMisses() > 0;
        return !stressed.findings().isEmpty()
                && !failed
                && !Thread.currentThread().isInterrupted();
    }

    @Override
    public void check() {
        try {
            result().assertAsExpected();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + explanation(), e);
        }
    }

    /** Counts do not say how it came to that: an execution does. */
    private String explanation() {
        if (result().isExpectedToFail() || result().failures() == 0) {
            return "";
        }
        MemoryModel host = MemoryModel.ofArchitecture(System.getProperty("os.arch", "unknown"));
        try {
            race.assertSafe(host);
            return "Exploration under " + host + " knows of no such execution.";
        } catch (AssertionError timeline) {
            return "An execution that fails:\n" + timeline.getMessage();
        }
    }
}
