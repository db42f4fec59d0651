package dev.shootdown.bench;

import dev.shootdown.explore.faults.ForwardingWords;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.memory.Words;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Counts the waits of one hart for others that were not over at once: for a handler run, an M-mode fence, a fence of the firmware or
 * the interconnect, the end of a section that a grace period waits for. Starting a section of its own and taking a semaphore are
 * read-modify-writes that wait too, and are not counted.
 */
final class CountingWords extends ForwardingWords {
    private final AtomicLong waits = new AtomicLong();
    private Thread waiter = Thread.currentThread();
    private long[] otherContexts = {};

    CountingWords(Words inner) {
        super(inner);
    }

    /** Says whose waits are counted, once its machine has booted. */
    void countWaitsOf(Hart hart) {
        Machine machine = hart.machine();
        otherContexts = IntStream.range(0, machine.harts())
                .filter(id -> id != hart.id())
                .mapToLong(id -> machine.hart(id).contextOffset())
                .toArray();
    }

    /** The calling thread drives that hart from now on. */
    void countMine() {
        waiter = Thread.currentThread();
    }

    /** How many there were. Any thread may ask. */
    long waits() {
        return waits.get();
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        if (isMine()) {
            countUnlessOver(offset, condition, operand);
        }
        return inner.await(offset, condition, operand);
    }

    @Override
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        if (isMine() && isContextOfAnother(offset)) {
            countUnlessOver(offset, condition, awaited);
        }
        return inner.awaitAndUpdate(offset, condition, awaited, update, operand);
    }

    /** Walkers come here too, and must not be slowed down. */
    private boolean isMine() {
        return Thread.currentThread() == waiter;
    }

    private boolean isContextOfAnother(long offset) {
        for (long context : otherContexts) {
            if (context == offset) {
                return true;
            }
        }
        return false;
    }

    private void countUnlessOver(long offset, Condition condition, long operand) {
        if (!condition.holds(inner.getAcquire(offset), operand)) {
            waits.incrementAndGet();
        }
    }
}
