package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** The run of a handler is counted before it took place. */
final class EarlyAcknowledgement {
    private EarlyAcknowledgement() {}

    /** Counted by whoever posts the request: nobody waits for the handler ({@code csd_unlock} on arrival). */
    static final class OnArrival extends ContextWords {
        OnArrival(Words inner, ImageLayout layout) {
            super(inner, layout, ContextAccess.POST);
        }

        @Override
        long changedUpdate(ContextAccess access, long offset, long operand) {
            return update(offset, before -> access.apply(before, operand) + ContextAccess.ONE_RUN);
        }
    }

    /** Counted together with the claim: the handler begins afterwards ({@code csd_unlock} before {@code func}). */
    static final class InTheClaim extends ContextWords {
        InTheClaim(Words inner, ImageLayout layout) {
            super(inner, layout, ContextAccess.CLAIM, ContextAccess.CLAIM_BY_WAITER, ContextAccess.ACKNOWLEDGE);
        }

        @Override
        boolean changedCompareAndSet(long offset, long expected, long value) {
            return inner.compareAndSet(offset, expected, value + ContextAccess.ONE_RUN);
        }

        @Override
        long changedAwaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
            Update early = (value, run) -> {
                long claimed = update.apply(value, run);
                return claimed == value ? value : claimed + ContextAccess.ONE_RUN;
            };
            return inner.awaitAndUpdate(offset, condition, awaited, early, operand);
        }

        @Override
        long changedUpdate(ContextAccess access, long offset, long operand) {
            return inner.getAndAdd(offset, operand - ContextAccess.ONE_RUN);
        }
    }
}
