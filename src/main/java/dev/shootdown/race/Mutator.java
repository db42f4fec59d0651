package dev.shootdown.race;

/** A writer of page tables, bound to one hart of one machine; called by one thread. */
@FunctionalInterface
public interface Mutator {
    /** Makes its change once, and returns when it has freed, or queued for RCU, what goes. */
    void mutate();
}
