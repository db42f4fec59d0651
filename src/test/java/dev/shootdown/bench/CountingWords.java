package dev.shootdown.bench;

import dev.shootdown.explore.faults.ForwardingWords;
import dev.shootdown.memory.Words;

/** Counts the waits of one thread that were not over at once. */
final class CountingWords extends ForwardingWords {
    private Thread waiter = Thread.currentThread();
    private long waits;

    CountingWords(Words inner) {
        super(inner);
    }

    /** Counts the calling thread's waits from now on; it is the only one that may ask for them. */
    void countMine() {
        waiter = Thread.currentThread();
    }

    long waits() {
        return waits;
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        long now = inner.getAcquire(offset);
        if (condition.holds(now, operand)) {
            return now;
        }
        if (Thread.currentThread() == waiter) {
            waits++;
        }
        return inner.await(offset, condition, operand);
    }
}
