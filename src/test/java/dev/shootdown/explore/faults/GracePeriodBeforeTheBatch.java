package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * A poller waits for its grace period before it looks which callbacks there are, instead of after: callbacks that were
 * queued during that grace period run at its end.
 */
final class GracePeriodBeforeTheBatch extends ContextWords {
    private static final long POLLING = 1;

    private final long progress;

    GracePeriodBeforeTheBatch(Words inner, ImageLayout layout) {
        super(inner, layout, ContextAccess.OBSERVE);
        this.progress = new RcuRing(layout).progress();
    }

    /** The poller's claim: the grace period takes place here. */
    @Override
    boolean unchangedCompareAndSet(long offset, long expected, long value) {
        if (offset == progress && value == (expected | POLLING)) {
            contexts().forEach(this::waitForReader);
        }
        return inner.compareAndSet(offset, expected, value);
    }

    private void waitForReader(long context) {
        inner.getAndAdd(context, 0);
        inner.await(context, Conditions.CLEAR, ContextWord.READER);
    }

    /** Where the grace period ought to take place: nobody is looked at. */
    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        return 0;
    }
}
