package dev.shootdown.explore;

import dev.shootdown.memory.Words;

/**
 * Words whose every access is a step that must be granted.
 *
 * <p>Outside an execution (while a machine is built, and when its outcome is looked at) accesses take effect at once.
 */
final class ExploredWords implements Words {
    private final long[] memory;
    private final Steps steps;

    /** Where accesses become steps. */
    interface Steps {
        /** Whether accesses belong to an execution. */
        boolean isExecuting();

        /** How a read-modify-write that waits is done. */
        MemorySystem.WaitingUpdate waitingUpdate();

        /** The pending access of the hart that runs, to be filled in. */
        Pending pending();

        /** Waits until the hart that runs may do its pending access, does it, and returns what was loaded or overwritten. */
        long step();
    }

    ExploredWords(long[] memory, Steps steps) {
        this.memory = memory;
        this.steps = steps;
    }

    private static int index(long offset) {
        return (int) (offset >> 3);
    }

    private long load(WordAccess access, long offset) {
        if (!steps.isExecuting()) {
            return memory[index(offset)];
        }
        steps.pending().set(access, index(offset), 0, 0);
        return steps.step();
    }

    private void store(WordAccess access, long offset, long value) {
        exchange(access, offset, value, 0);
    }

    private long exchange(WordAccess access, long offset, long operand, long expected) {
        if (!steps.isExecuting()) {
            return exchangeAtOnce(access, index(offset), operand, expected);
        }
        steps.pending().set(access, index(offset), operand, expected);
        return steps.step();
    }

    private long exchangeAtOnce(WordAccess access, int word, long operand, long expected) {
        long before = memory[word];
        if (access != WordAccess.COMPARE_AND_SET || before == expected) {
            memory[word] = access.apply(before, operand);
        }
        return before;
    }

    @Override
    public long get(long offset) {
        return load(WordAccess.GET, offset);
    }

    @Override
    public void set(long offset, long value) {
        store(WordAccess.SET, offset, value);
    }

    @Override
    public long getOpaque(long offset) {
        return load(WordAccess.GET_OPAQUE, offset);
    }

    @Override
    public void setOpaque(long offset, long value) {
        store(WordAccess.SET_OPAQUE, offset, value);
    }

    @Override
    public long getAcquire(long offset) {
        return load(WordAccess.GET_ACQUIRE, offset);
    }

    @Override
    public void setRelease(long offset, long value) {
        store(WordAccess.SET_RELEASE, offset, value);
    }

    @Override
    public long getVolatile(long offset) {
        return load(WordAccess.GET_VOLATILE, offset);
    }

    @Override
    public void setVolatile(long offset, long value) {
        store(WordAccess.SET_VOLATILE, offset, value);
    }

    @Override
    public boolean compareAndSet(long offset, long expected, long value) {
        return exchange(WordAccess.COMPARE_AND_SET, offset, value, expected) == expected;
    }

    @Override
    public long getAndSet(long offset, long value) {
        return exchange(WordAccess.GET_AND_SET, offset, value, 0);
    }

    @Override
    public long getAndAdd(long offset, long delta) {
        return exchange(WordAccess.GET_AND_ADD, offset, delta, 0);
    }

    @Override
    public long getAndBitwiseOr(long offset, long mask) {
        return exchange(WordAccess.GET_AND_BITWISE_OR, offset, mask, 0);
    }

    @Override
    public long getAndBitwiseAnd(long offset, long mask) {
        return exchange(WordAccess.GET_AND_BITWISE_AND, offset, mask, 0);
    }

    @Override
    public void fullFence() {
        if (steps.isExecuting()) {
            steps.pending().set(WordAccess.FULL_FENCE, Pending.NO_WORD, 0, 0);
            steps.step();
        }
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        if (!steps.isExecuting()) {
            return memory[index(offset)];
        }
        steps.pending().setAwait(index(offset), condition, operand);
        return steps.step();
    }

    @Override
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        if (!steps.isExecuting()) {
            long before = memory[index(offset)];
            memory[index(offset)] = update.apply(before, operand);
            return before;
        }
        return switch (steps.waitingUpdate()) {
            case IN_ONE_STEP -> {
                steps.pending().setAwaitAndUpdate(index(offset), condition, awaited, update, operand);
                yield steps.step();
            }
            case IN_TWO_STEPS -> awaitThenUpdate(offset, condition, awaited, update, operand);
        };
    }

    private long awaitThenUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        for (; ; ) {
            long before = await(offset, condition, awaited);
            long after = update.apply(before, operand);
            if (after == before) {
                return before;
            }
            steps.pending().setUpdateAfterWait(index(offset), before, after);
            if (steps.step() == before) {
                return before;
            }
        }
    }
}
