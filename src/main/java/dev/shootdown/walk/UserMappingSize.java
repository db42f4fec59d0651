package dev.shootdown.walk;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.rcu.RcuReadLock;

/**
 * A hypervisor's look into the tables of the process behind a guest, for the size of the mapping there: KVM's {@code
 * get_user_mapping_size} on arm64. It takes no reference.
 *
 * <p>The lock that KVM holds keeps its own second stage consistent; it says nothing to whoever frees the process's tables.
 * Confined to its hart's thread.
 */
public final class UserMappingSize {
    private final Hart hart;
    private final Rcu rcu;
    private final TableLookup lookup;
    private final Protection protection;

    /** What is meant to keep the tables alive. */
    public enum Protection {
        /** Nothing: interrupts on, in no reader. A mistake. */
        NOTHING,
        /** {@code rcu_read_lock}: enough only where every table waits for a grace period. */
        RCU_READ_LOCK,
        /** {@code local_irq_save}, as fast GUP has it (e86fc1a3a3e9). */
        INTERRUPTS_OFF
    }

    /**
     * A look into {@code tables} on {@code hart}, which {@code probe} stands beside.
     *
     * @param hart the one whose thread walks
     * @param rcu of the hart's machine
     * @param tables of the address space to walk
     * @param protection what the look is wrapped in
     * @param probe told of each step, for timing and statistics
     */
    public UserMappingSize(Hart hart, Rcu rcu, PageTables tables, Protection protection, WalkProbe probe) {
        this.hart = hart;
        this.rcu = rcu;
        this.lookup = new TableLookup(tables, probe);
        this.protection = protection;
    }

    /**
     * Finds the mapping of {@code virtualAddress}.
     *
     * @param virtualAddress any address of the page, canonical
     * @return how the look ended; {@link WalkOutcome#isForbidden} says whether it may have
     * @throws IllegalArgumentException if the address is not canonical
     */
    @Mirrors("get_user_mapping_size")
    public WalkOutcome find(long virtualAddress) {
        return switch (protection) {
            case NOTHING -> lookup.find(virtualAddress);
            case RCU_READ_LOCK -> findAsReader(virtualAddress);
            case INTERRUPTS_OFF -> findUninterrupted(virtualAddress);
        };
    }

    private WalkOutcome findAsReader(long virtualAddress) {
        try (RcuReadLock section = rcu.readLock(hart)) {
            section.requireHeld();
            return lookup.find(virtualAddress);
        }
    }

    private WalkOutcome findUninterrupted(long virtualAddress) {
        try (InterruptsOff section = hart.interruptsOff()) {
            section.requireOpen();
            return lookup.find(virtualAddress);
        }
    }
}
