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
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        boolean waitsForHandler = condition == Conditions.CLEAR && awaited == ContextWord.IN_HANDLER;
        return waitsForHandler
                ? inner.getAndAdd(offset, operand)
                : inner.awaitAndUpdate(offset, condition, awaited, update, operand);
    }
}
