package dev.shootdown.explore;

import dev.shootdown.memory.Words;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a hart will do in its next step, announced before it is allowed to. One a hart, used again and again. */
final class Pending {
    /** The word of an access that touches none. */
    static final int NO_WORD = -1;

    WordAccess access = WordAccess.BEGIN;
    int word = NO_WORD;
    /** What is stored, added or masked. */
    long operand;
    /** What a compare-and-set wants to find. */
    long expected;

    private Words.@Nullable Condition condition;
    /** What the condition is handed. */
    private long conditionOperand;

    private Words.@Nullable Update update;

    /** Whether this is the second half of a read-modify-write that waits: its hart has just waited. */
    boolean completesWait;

    void set(WordAccess newAccess, int newWord, long newOperand, long newExpected) {
        access = newAccess;
        word = newWord;
        operand = newOperand;
        expected = newExpected;
        completesWait = false;
    }

    void setAwait(int newWord, Words.Condition newCondition, long newOperand) {
        set(WordAccess.AWAIT, newWord, 0, 0);
        condition = newCondition;
        conditionOperand = newOperand;
    }

    void setAwaitAndUpdate(
            int newWord, Words.Condition newCondition, long awaited, Words.Update newUpdate, long newOperand) {
        set(WordAccess.AWAIT_AND_UPDATE, newWord, newOperand, 0);
        condition = newCondition;
        conditionOperand = awaited;
        update = newUpdate;
    }

    void setUpdateAfterWait(int newWord, long met, long after) {
        set(WordAccess.COMPARE_AND_SET, newWord, after, met);
        completesWait = true;
    }

    /** The hart has not begun. */
    void begin() {
        set(WordAccess.BEGIN, NO_WORD, 0, 0);
    }

    boolean awaits() {
        return access == WordAccess.AWAIT || access == WordAccess.AWAIT_AND_UPDATE;
    }

    /** What the access comes to if it finds {@code before}: one that could store may turn out to load only. */
    WordAccess meeting(long before) {
        return switch (access) {
            case COMPARE_AND_SET -> before == expected ? access : WordAccess.COMPARE_FAILED;
            case AWAIT_AND_UPDATE -> stored(before) == before ? WordAccess.AWAIT : access;
            default -> access;
        };
    }

    /** What an access that stores makes of {@code before}. */
    long stored(long before) {
        return access == WordAccess.AWAIT_AND_UPDATE
                ? Objects.requireNonNull(update).apply(before, operand)
                : access.apply(before, operand);
    }

    /** Whether this access, on finding {@code before}, is {@code done} and leaves {@code after}, as a step was recorded. */
    boolean comesTo(WordAccess done, long before, long after) {
        if (done == WordAccess.BUFFER) {
            return access.isBuffered() && operand == after;
        }
        return (!awaits() || isSatisfiedBy(before))
                && meeting(before) == done
                && (!done.stores || stored(before) == after);
    }

    /** Whether a wait may end on this value. */
    boolean isSatisfiedBy(long value) {
        return condition().holds(value, conditionOperand);
    }

    /** What a wait waits for, in words. */
    String awaited() {
        return condition().describe(conditionOperand);
    }

    @Override
    public String toString() {
        return access + " of word " + word + " with operand 0x" + Long.toHexString(operand);
    }

    private Words.Condition condition() {
        Words.Condition awaited = condition;
        if (awaited == null) {
            throw new IllegalStateException("no wait is pending");
        }
        return awaited;
    }
}
