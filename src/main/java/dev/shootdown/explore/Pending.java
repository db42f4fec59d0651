package dev.shootdown.explore;

import dev.shootdown.memory.Words;
import org.jspecify.annotations.Nullable;

/** What a hart will do in its next step, announced before it is allowed to. One a hart, used again and again. */
final class Pending {
    /** The word of an access that touches none. */
    static final int NO_WORD = -1;

    WordAccess access = WordAccess.BEGIN;
    int word = NO_WORD;
    /** What is stored, added or masked; for a wait, what its condition is handed. */
    long operand;
    /** What a compare-and-set wants to find. */
    long expected;

    private Words.@Nullable Condition condition;

    void set(WordAccess newAccess, int newWord, long newOperand, long newExpected) {
        access = newAccess;
        word = newWord;
        operand = newOperand;
        expected = newExpected;
    }

    void setAwait(int newWord, Words.Condition newCondition, long newOperand) {
        set(WordAccess.AWAIT, newWord, newOperand, 0);
        condition = newCondition;
    }

    /** The hart has not begun. */
    void begin() {
        set(WordAccess.BEGIN, NO_WORD, 0, 0);
    }

    boolean awaits() {
        return access == WordAccess.AWAIT;
    }

    /** Whether a wait may end on this value. */
    boolean isSatisfiedBy(long value) {
        return condition().holds(value, operand);
    }

    /** What a wait waits for. */
    Words.Condition condition() {
        Words.Condition awaited = condition;
        if (awaited == null) {
            throw new IllegalStateException("no wait is pending");
        }
        return awaited;
    }
}
