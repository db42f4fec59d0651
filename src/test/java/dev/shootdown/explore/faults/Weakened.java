package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * Does one read-modify-write of the context words as a load and a store: others may come in between, and it orders nothing.
 * Both opaque, as {@code WRITE_ONCE(x, f(READ_ONCE(x)))}.
 */
final class Weakened extends ContextWords {
    private Weakened(Words inner, ImageLayout layout, ContextAccess access) {
        super(inner, layout, access);
    }

    /** Weakens an access, and says which. */
    record Weakening(ContextAccess access) implements Planting {
        @Override
        public Words plant(Words words, ImageLayout layout) {
            return new Weakened(words, layout, access);
        }
    }

    static Weakening of(ContextAccess access) {
        return new Weakening(access);
    }

    @Override
    boolean changedCompareAndSet(long offset, long expected, long value) {
        if (inner.getOpaque(offset) != expected) {
            return false;
        }
        inner.setOpaque(offset, value);
        return true;
    }

    @Override
    long changedAwaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        long before = inner.await(offset, condition, awaited);
        long after = update.apply(before, operand);
        if (after != before) {
            inner.setOpaque(offset, after);
        }
        return before;
    }

    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        long before = inner.getOpaque(offset);
        inner.setOpaque(offset, access.apply(before, operand));
        return before;
    }
}
