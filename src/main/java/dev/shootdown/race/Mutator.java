package dev.shootdown.race;

/**
 * A writer of page tables, bound to one hart of one machine. Called once a sample or execution, by the hart's thread; the
 * object is used again for the next, after the machine has been set back.
 */
@FunctionalInterface
public interface Mutator {
    /**
     * Makes its change once, and returns when it has freed, or queued for RCU, what goes. Whoever calls waits for RCU then, so
     * this need not.
     */
    void mutate();
}
