package dev.shootdown.pagetable;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;
import java.util.Optional;

/**
 * {@code mmap_lock}: a semaphore of many readers or one writer, in one word.
 *
 * <pre>
 *   63      1 0
 *   [ readers ][ written ]
 * </pre>
 *
 * <p>Whoever waits for it sleeps: interrupts on, and in no reader.
 */
public final class MmapLock {
    private static final String REGION = "mmap_lock";
    private static final long FREE = 0;
    private static final long WRITER = 1;
    private static final long READER = 1L << 1;

    private final Words words;
    private final long lock;

    /** The lock of a machine whose description went through {@link #addRegion}. */
    public MmapLock(Machine machine) {
        this.words = machine.words();
        this.lock = machine.region(REGION);
    }

    /** The lock of a machine, if it has one. */
    public static Optional<MmapLock> of(Machine machine) {
        return machine.spec().regions().containsKey(REGION) ? Optional.of(new MmapLock(machine)) : Optional.empty();
    }

    /** Adds the lock to a machine's image, if it is not there yet. */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.regions().containsKey(REGION) ? spec : spec.withRegion(REGION, 1);
    }

    /** Waits until nobody has the lock, and takes it. */
    @Mirrors("mmap_write_lock")
    public void lockWrite(Hart hart) {
        hart.requireMayWait("mmap_lock");
        do {
            words.await(lock, Conditions.CLEAR, -1L);
            // Full barrier: what is done under the lock comes after; pairs with both unlocks.
        } while (!words.compareAndSet(lock, FREE, WRITER));
    }

    /** Gives it back. */
    @Mirrors("mmap_write_unlock")
    public void unlockWrite() {
        // Release: what was done under the lock comes before; pairs with the compareAndSet of whoever is next.
        words.setRelease(lock, FREE);
    }

    /** Waits until nobody writes, and takes the lock with others. */
    @Mirrors("mmap_read_lock")
    public void lockRead(Hart hart) {
        hart.requireMayWait("mmap_lock");
        if ((words.getOpaque(lock) & WRITER) != 0) {
            hart.noteWalkUnderWay();
        }
        long before;
        do {
            before = words.await(lock, Conditions.CLEAR, WRITER);
            // Full barrier: what is done under the lock comes after; pairs with unlockWrite's release.
        } while (!words.compareAndSet(lock, before, before + READER));
    }

    /** Gives it back. */
    @Mirrors("mmap_read_unlock")
    public void unlockRead() {
        // Full barrier: what was done under the lock comes before; pairs with lockWrite's compareAndSet.
        words.getAndAdd(lock, -READER);
    }
}
