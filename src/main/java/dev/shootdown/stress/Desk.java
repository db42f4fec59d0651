package dev.shootdown.stress;

/** What one thread that takes samples counts and steers by, written by that thread only. */
final class Desk {
    private static final int TIMED_FULLY = 4_096;
    private static final int TIMED_ONE_IN = 256;

    private final Pace pace;
    private final Tally tally = new Tally();
    private long lastNanos;

    Desk(Meeting meeting) {
        this.pace = new Pace(meeting);
    }

    void record(StressSample sample, long victimFrame) {
        tally.record(sample, victimFrame);
        if (!sample.isUnmet()) {
            pace.learn(sample);
        }
        if (tally.samples() < TIMED_FULLY || tally.samples() % TIMED_ONE_IN == 0) {
            lastNanos = System.nanoTime();
        }
    }

    Pace pace() {
        return pace;
    }

    Tally tally() {
        return tally;
    }

    /** When the last sample was recorded, give or take a few. */
    long lastNanos() {
        return lastNanos;
    }
}
