package dev.shootdown.race;

import java.util.Locale;

/** What comes to an end before a table is freed, and so keeps a walker off it. */
public enum Protection {
    /** Nothing that this walker holds off: the race is UNSAFE, under every memory model from the one on that it fails from. */
    NOTHING,
    /** A waited S-mode interrupt of the walker's hart: interrupts-off sections hold it off, and its handler fences. */
    WAITED_INTERRUPT,
    /** A grace period: interrupts-off sections and {@code rcu_read_lock} hold it off. */
    GRACE_PERIOD,
    /** A fence on the walker's hart that covers pointers, at an instruction boundary: hardware walks hold it off. */
    COMPLETED_FENCE,
    /** The walker's hart is away and owes a fence, which it does before it walks again. */
    FENCE_BEFORE_RETURN,
    /** The walker's hart has no address space now: it walks after it switched, and sees the entry cleared. */
    ENTERS_AFTER_UNHOOK,
    /** The walker's own hold: a reference to the table, a pin of the address space, the lock. */
    WALKERS_HOLD,
    /**
     * Nothing: the table stays a table, or what goes is a page, and what was read there is given up because the walker looks
     * again.
     */
    SECOND_LOOK;

    /** {@return the same in words, such as {@code waited interrupt}} */
    public String phrase() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
