package dev.shootdown.explore;

import dev.shootdown.memory.Words;
import org.jspecify.annotations.Nullable;

/** What a hart will do in its next step, announced before it is allowed to. One a hart, used again and again. */
final class Pending {
    private Access access = Access.LOCAL;
    private long offset;
    private boolean drains;
    private Words.@Nullable Condition condition;
    private long operand;

    /** The hart has not begun, or touches nothing shared. */
    void local() {
        set(Access.LOCAL, 0);
    }

    void set(Access newAccess, long newOffset) {
        access = newAccess;
        offset = newOffset;
        drains = false;
        condition = null;
    }

    /** The step must find the hart's store buffer empty. */
    void setDraining(Access newAccess, long newOffset) {
        set(newAccess, newOffset);
        drains = true;
    }

    void setAwait(long newOffset, Words.Condition newCondition, long newOperand) {
        set(Access.READ, newOffset);
        condition = newCondition;
        operand = newOperand;
    }

    Access access() {
        return access;
    }

    long offset() {
        return offset;
    }

    boolean drains() {
        return drains;
    }

    boolean isAwait() {
        return condition != null;
    }

    /** Whether a wait may end on this value; true for everything that does not wait. */
    boolean isSatisfiedBy(long value) {
        return condition == null || condition.holds(value, operand);
    }

    String describe() {
        return condition == null ? access + " at " + offset : "waits to be " + condition.describe(operand);
    }
}
