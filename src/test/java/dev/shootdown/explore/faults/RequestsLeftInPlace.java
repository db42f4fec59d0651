package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** The first rule dropped: a claim leaves the requests in the word, and the acknowledgement clears all that are there. */
final class RequestsLeftInPlace extends ContextWords {
    RequestsLeftInPlace(Words inner, ImageLayout layout) {
        super(inner, layout, ContextAccess.CLAIM, ContextAccess.CLAIM_BY_WAITER, ContextAccess.ACKNOWLEDGE);
    }

    @Override
    boolean changedCompareAndSet(long offset, long expected, long value) {
        return inner.compareAndSet(offset, expected, value | (expected & ContextWord.REQUESTS));
    }

    @Override
    long changedAwaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        Update leaving = (value, run) -> update.apply(value, run) | (value & ContextWord.REQUESTS);
        return inner.awaitAndUpdate(offset, condition, awaited, leaving, operand);
    }

    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        return update(offset, before -> (before & ~ContextWord.REQUESTS) + operand);
    }
}
