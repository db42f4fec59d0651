package dev.shootdown.rcu;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/**
 * {@code rcu_read_lock} as a value: holds off grace periods until it is closed, and nothing else; interrupts stay on. May
 * be nested. Confined to the hart's thread.
 */
public final class RcuReadLock implements AutoCloseable {
    private final Words words;
    private final Hart hart;
    private int depth;

    RcuReadLock(Hart hart) {
        this.words = hart.machine().words();
        this.hart = hart;
    }

    /** {@return the hart that reads} */
    public Hart hart() {
        return hart;
    }

    /** Says so if no {@code rcu_read_lock} is held. */
    public void requireHeld() {
        if (depth == 0) {
            throw new IllegalStateException("rcu_read_lock is not held by " + hart);
        }
    }

    @Mirrors("rcu_read_lock")
    RcuReadLock acquire() {
        if (depth == ContextWord.MAX_RCU_NESTING) {
            throw new IllegalStateException("rcu_read_lock of " + hart + " is nested " + depth + " deep already");
        }
        // Full barrier: the section's loads come after the entry; pairs with the scan in Rcu.synchronize.
        words.awaitAndAdd(hart.contextOffset(), Conditions.CLEAR, ContextWord.IN_HANDLER, ContextWord.RCU_READER);
        depth++;
        return this;
    }

    /** {@code rcu_read_unlock}. */
    @Override
    @Mirrors("rcu_read_unlock")
    public void close() {
        requireHeld();
        depth--;
        // Full barrier: the section's loads come before the exit; pairs with the scan in Rcu.synchronize.
        words.getAndAdd(hart.contextOffset(), -ContextWord.RCU_READER);
    }
}
