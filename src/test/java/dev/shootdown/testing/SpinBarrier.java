package dev.shootdown.testing;

import java.util.concurrent.atomic.AtomicLong;

/** Where two threads meet, round after round, to go on within nanoseconds of each other. */
public final class SpinBarrier {
    private static final int SPINS_BEFORE_YIELDING = 1000;

    private final AtomicLong arrivals = new AtomicLong();

    /** Waits for the other thread, within a bound. */
    public void meet() {
        long everybody = arrivals.getAndIncrement() / 2 * 2 + 2;
        for (int spins = 0; arrivals.get() < everybody; spins++) {
            if (spins == SPINS_BEFORE_YIELDING) {
                Actor.await(() -> arrivals.get() >= everybody);
                return;
            }
            Thread.onSpinWait();
        }
    }
}
