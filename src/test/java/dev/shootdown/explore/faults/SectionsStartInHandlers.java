package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/** The second rule dropped: a section does not wait until no handler runs on its hart. */
final class SectionsStartInHandlers extends ForwardingWords {
    SectionsStartInHandlers(Words inner) {
        super(inner);
    }

    @Override
    public long awaitAndAdd(long offset, Condition condition, long operand, long delta) {
        boolean waitsForHandler = condition == Conditions.CLEAR && operand == ContextWord.IN_HANDLER;
        return waitsForHandler ? inner.getAndAdd(offset, delta) : inner.awaitAndAdd(offset, condition, operand, delta);
    }
}
