package dev.shootdown.explore;

import java.util.concurrent.atomic.AtomicLong;

/** How many executions are left to several passes together. */
final class Budget {
    private final AtomicLong left;

    Budget(Bounds bounds) {
        left = new AtomicLong(bounds.executions());
    }

    /** Takes one; false if that was the last. */
    boolean spend() {
        return left.decrementAndGet() > 0;
    }
}
