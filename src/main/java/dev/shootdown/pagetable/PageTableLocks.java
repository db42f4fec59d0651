package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;

/**
 * The spinlocks under which writers change entries: one for all upper levels, and one for each pte table.
 *
 * <pre>
 *   word 0      page_table_lock: whoever sets or clears a pmd
 *        1 + i  the lock of the pte table in frame i
 * </pre>
 *
 * <p>The lock of a pte table stands apart from its frame and is not freed with it, as if descriptors were never given back: who
 * takes a lock in vain only has to load the pmd again. Who waits for a lock has interrupts on, so that its owner may wait
 * for interrupts to be taken, as a flush does; for nothing else.
 */
public final class PageTableLocks {
    private static final String REGION = "page_table_locks";
    private static final long FREE = 0;
    private static final long HELD = 1;

    private final Words words;
    private final PhysicalMemory memory;
    private final long base;

    /**
     * The locks of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose image holds them
     */
    public PageTableLocks(Machine machine) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.base = machine.region(REGION);
    }

    /**
     * {@return the description with the locks, if it did not have them yet; the number of frames must not change
     * afterwards}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.regions().containsKey(REGION) ? spec : spec.withRegion(REGION, 1 + spec.frames());
    }

    /** Waits for the lock of the upper levels and takes it. */
    @Mirrors("pmd_lock")
    public void lockPmd() {
        acquire(base);
    }

    /**
     * Takes the lock of the upper levels if nobody has it: for who has a pte table's lock, which comes after it.
     *
     * @return whether it was free, and now is the caller's
     */
    @Mirrors("spin_trylock(pml)")
    public boolean tryLockPmd() {
        // Full barrier: pairs with release's store.
        return words.compareAndSet(base, FREE, HELD);
    }

    /** Gives the lock of the upper levels back. */
    @Mirrors("spin_unlock(pml)")
    public void unlockPmd() {
        release(base);
    }

    /**
     * Waits for the lock of the pte table in a frame and takes it.
     *
     * @param table its frame's number
     */
    @Mirrors("spin_lock(ptl)")
    public void lockPte(long table) {
        acquire(lockOf(table));
    }

    /**
     * Gives the lock of the pte table in a frame back.
     *
     * @param table its frame's number
     */
    @Mirrors("spin_unlock(ptl)")
    public void unlockPte(long table) {
        release(lockOf(table));
    }

    private void acquire(long lock) {
        // Full barrier: what is done under the lock comes after; pairs with release's store.
        words.awaitAndAdd(lock, Conditions.CLEAR, HELD, HELD);
    }

    private void release(long lock) {
        // Release: what was done under the lock comes before; pairs with acquire's addition.
        words.setRelease(lock, FREE);
    }

    private long lockOf(long table) {
        return base + (1 + table - memory.firstFrame()) * Long.BYTES;
    }
}
