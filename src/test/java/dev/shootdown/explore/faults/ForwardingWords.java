package dev.shootdown.explore.faults;

import dev.shootdown.memory.Words;
import java.util.function.LongUnaryOperator;

/** Passes every access on as it is: what a planted fault starts from. */
public class ForwardingWords implements Words {
    protected final Words inner;

    /** Passes accesses on to {@code inner}. */
    protected ForwardingWords(Words inner) {
        this.inner = inner;
    }

    /** Any change of a word, as a full barrier, and the value before it. */
    final long update(long offset, LongUnaryOperator change) {
        for (; ; ) {
            long before = inner.getOpaque(offset);
            if (inner.compareAndSet(offset, before, change.applyAsLong(before))) {
                return before;
            }
        }
    }

    @Override
    public long get(long offset) {
        return inner.get(offset);
    }

    @Override
    public void set(long offset, long value) {
        inner.set(offset, value);
    }

    @Override
    public long getOpaque(long offset) {
        return inner.getOpaque(offset);
    }

    @Override
    public void setOpaque(long offset, long value) {
        inner.setOpaque(offset, value);
    }

    @Override
    public long getAcquire(long offset) {
        return inner.getAcquire(offset);
    }

    @Override
    public void setRelease(long offset, long value) {
        inner.setRelease(offset, value);
    }

    @Override
    public long getVolatile(long offset) {
        return inner.getVolatile(offset);
    }

    @Override
    public void setVolatile(long offset, long value) {
        inner.setVolatile(offset, value);
    }

    @Override
    public boolean compareAndSet(long offset, long expected, long value) {
        return inner.compareAndSet(offset, expected, value);
    }

    @Override
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        return inner.awaitAndUpdate(offset, condition, awaited, update, operand);
    }

    @Override
    public long getAndSet(long offset, long value) {
        return inner.getAndSet(offset, value);
    }

    @Override
    public long getAndAdd(long offset, long delta) {
        return inner.getAndAdd(offset, delta);
    }

    @Override
    public long getAndBitwiseOr(long offset, long mask) {
        return inner.getAndBitwiseOr(offset, mask);
    }

    @Override
    public long getAndBitwiseAnd(long offset, long mask) {
        return inner.getAndBitwiseAnd(offset, mask);
    }

    @Override
    public void fullFence() {
        inner.fullFence();
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        return inner.await(offset, condition, operand);
    }
}
