package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** The first rule dropped: a claim leaves the requests in the word, and the acknowledgement clears all that are there. */
final class RequestsLeftInPlace extends ContextWords {
    RequestsLeftInPlace(Words inner, ImageLayout layout) {
        super(inner, layout, ContextAccess.CLAIM, ContextAccess.ACKNOWLEDGE);
    }

    @Override
    boolean changedCompareAndSet(long offset, long expected, long value) {
        return inner.compareAndSet(offset, expected, value | (expected & ContextWord.REQUESTS));
    }

    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        return update(offset, before -> (before & ~ContextWord.REQUESTS) + operand);
    }
}
