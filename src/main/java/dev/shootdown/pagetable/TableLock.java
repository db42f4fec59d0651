package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;
import java.util.Optional;

/**
 * A spinlock that walkers hold while they are in tables, and that a freer takes once between unhook and free: who had read the
 * entry under it has gone by then, and who takes it later finds the entry cleared.
 *
 * <p>That asks for three things: every walker takes it, reads the entry under it, and the lock outlives the table.
 */
public final class TableLock {
    private static final String REGION = "table_lock";
    private static final long FREE = 0;
    private static final long HELD = 1;
    private static final long DEAD = 2;

    private final Words words;
    private final long base;
    private final long firstFrame;
    private final Placement placement;

    /** Where the lock lives, and what a walker has read before it takes it. */
    public enum Placement {
        /** One for the address space. Walkers take it before they load the first entry. */
        ADDRESS_SPACE,
        /** The same, but walkers take it with the entry that leads to the pte table already in hand. A mistake. */
        ADDRESS_SPACE_ENTRY_BEFORE,
        /** The same, but walkers do not take it. A mistake. */
        ADDRESS_SPACE_FREER_ONLY,
        /**
         * One in each table's own descriptor, as split page-table locks are. Which one to take is known only when the entry was
         * read, so walkers load that again under it; but the lock goes with the table. A mistake.
         */
        OWN_DESCRIPTOR;

        private String region() {
            return REGION + "." + name();
        }
    }

    private TableLock(Machine machine, Placement placement) {
        this.words = machine.words();
        this.base = machine.region(placement.region());
        this.firstFrame = machine.memory().firstFrame();
        this.placement = placement;
    }

    /**
     * {@return the lock of a machine, if it has one}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<TableLock> of(Machine machine) {
        for (Placement placement : Placement.values()) {
            if (machine.spec().regions().containsKey(placement.region())) {
                return Optional.of(new TableLock(machine, placement));
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the description with a lock, or one a frame; it must have been said how many frames there are}
     *
     * @param spec the machine so far
     * @param placement where the lock lives
     */
    public static MachineSpec addRegion(MachineSpec spec, Placement placement) {
        return spec.withRegion(placement.region(), placement == Placement.OWN_DESCRIPTOR ? spec.frames() : 1);
    }

    /** {@return where the lock lives} */
    public Placement placement() {
        return placement;
    }

    /**
     * Takes the lock that covers a table.
     *
     * @param table its frame's number; ignored if one lock covers all tables
     * @return whether that was still a lock: false if it went with its table, and is memory of somebody else's by now
     */
    @Mirrors("spin_lock")
    public boolean lock(long table) {
        long offset = offsetOf(table);
        for (; ; ) {
            // Acquire: pairs with unlock's release.
            long seen = words.await(offset, Conditions.CLEAR, HELD);
            // Full barrier: entries are loaded, or the table is freed, after. Pairs with unlock.
            if (words.compareAndSet(offset, seen, seen | HELD)) {
                return seen == FREE;
            }
        }
    }

    /**
     * {@return whether somebody has the lock that covers a table} For statistics.
     *
     * @param table its frame
     */
    public boolean isHeld(long table) {
        return (words.getOpaque(offsetOf(table)) & HELD) != 0;
    }

    /**
     * Gives the lock back.
     *
     * @param table as it was taken for
     */
    @Mirrors("spin_unlock")
    public void unlock(long table) {
        // Release: all that was done under the lock comes before; pairs with lock.
        words.setRelease(offsetOf(table), FREE);
    }

    /**
     * A lock that lives in the table's descriptor goes with it: what stands there now is no lock.
     *
     * @param table the frame's number, about to be freed
     */
    @Mirrors("ptlock_free")
    public void retire(long table) {
        if (placement == Placement.OWN_DESCRIPTOR) {
            words.setOpaque(offsetOf(table), DEAD);
        }
    }

    /**
     * {@return whether a word that was a lock is none any more}
     *
     * @param word as found where the lock was
     */
    public static boolean isDead(long word) {
        return (word & DEAD) != 0;
    }

    private long offsetOf(long table) {
        return placement == Placement.OWN_DESCRIPTOR ? base + (table - firstFrame) * Long.BYTES : base;
    }
}
