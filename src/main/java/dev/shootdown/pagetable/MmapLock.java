package dev.shootdown.pagetable;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import java.util.Optional;

/** {@code mmap_lock} of an address space, a semaphore: whoever waits for it sleeps, interrupts on and in no reader. */
public final class MmapLock {
    private static final String REGION = "mmap_lock";

    private final RwSemaphore semaphore;

    /**
     * The lock of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose image holds it
     */
    public MmapLock(Machine machine) {
        this.semaphore = new RwSemaphore(machine, REGION);
    }

    /**
     * {@return the lock of a machine, if it has one}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<MmapLock> of(Machine machine) {
        return machine.spec().regions().containsKey(REGION) ? Optional.of(new MmapLock(machine)) : Optional.empty();
    }

    /**
     * {@return the description with the lock, free at first, if it did not have it yet}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.regions().containsKey(REGION) ? spec : RwSemaphore.addRegion(spec, REGION);
    }

    /**
     * Waits until nobody has the lock, and takes it.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("mmap_write_lock")
    public void lockWrite(Hart hart) {
        hart.requireMayWait("mmap_lock");
        semaphore.downWrite();
    }

    /** Gives it back. */
    @Mirrors("mmap_write_unlock")
    public void unlockWrite() {
        semaphore.upWrite();
    }

    /**
     * Waits until nobody writes, and takes the lock with others. A writer that has to be waited for may be a walker.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("mmap_read_lock")
    public void lockRead(Hart hart) {
        hart.requireMayWait("mmap_lock");
        semaphore.downRead(hart);
    }

    /** Gives it back. */
    @Mirrors("mmap_read_unlock")
    public void unlockRead() {
        semaphore.upRead();
    }
}
