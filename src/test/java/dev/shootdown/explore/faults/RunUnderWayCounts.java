package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** A sender takes the handler run that is under way for its own, though that took its requests before. */
final class RunUnderWayCounts extends ContextWords {
    RunUnderWayCounts(Words inner, ImageLayout layout) {
        super(inner, layout, ContextAccess.POST);
    }

    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        return inner.getAndBitwiseOr(offset, operand) & ~ContextWord.IN_HANDLER;
    }
}
