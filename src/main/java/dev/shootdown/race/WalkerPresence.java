package dev.shootdown.race;

/** Whether the walker's hart is away for a time, so that a dispatcher may skip it. */
public enum WalkerPresence {
    /** It runs all along. */
    PRESENT,
    /** It is a vCPU that its host deschedules in mid-walk, between two instructions, and that is flushed at re-entry. */
    DESCHEDULED,
    /**
     * It starts in lazy TLB mode: a kernel thread on borrowed tables. FAST_GUP first switches to the address space, as it needs
     * a current one; a reader under rcu_read_lock walks it as a foreign one, lazy as the hart is; hardware speculates.
     */
    LAZY
}
