package dev.shootdown.mm;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.tlb.Iommu;
import java.util.Optional;

/**
 * The list of kernel tables that wait for a worker, which has the IOMMUs forget what they have cached and then frees the lot
 * (e37d5a2d60a3).
 *
 * <pre>
 *   word 0   tables queued so far; 1 &lt;&lt; 32 more once no others will come
 *        1   tables freed so far
 *        2 … their frames
 * </pre>
 *
 * <p>The worker waits for hardware only: that it comes later is no grace period. One hart queues, and one works the list off: the
 * same, later, or another at any time.
 */
public final class KernelTableWork {
    private static final String REGION = "kernel_pgtable_work";
    private static final String OWN_HART = "kernel_pgtable_worker";
    private static final int CAPACITY = 6;
    private static final int HEADER_WORDS = 2;
    private static final long CLOSED = 1L << 32;

    private final Words words;
    private final PhysicalMemory memory;
    private final Iommu iommu;
    private final boolean ownHart;
    private final long queued;
    private final long freed;
    private final long tables;

    /**
     * The work of a machine whose description went through {@link #addRegion}.
     *
     * @param machine the harts' and the IOMMUs'
     */
    public KernelTableWork(Machine machine) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.iommu = new Iommu(machine);
        this.ownHart = machine.spec().regions().containsKey(OWN_HART);
        this.queued = machine.region(REGION);
        this.freed = queued + Long.BYTES;
        this.tables = queued + (long) HEADER_WORDS * Long.BYTES;
    }

    /**
     * {@return the work of a machine, if it has a place for it}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<KernelTableWork> of(Machine machine) {
        return machine.spec().regions().containsKey(REGION)
                ? Optional.of(new KernelTableWork(machine))
                : Optional.empty();
    }

    /**
     * {@return the description with the list, and IOMMUs to tell, if it did not have them yet}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        MachineSpec told = Iommu.addRegion(spec);
        return told.regions().containsKey(REGION) ? told : told.withRegion(REGION, HEADER_WORDS + CAPACITY);
    }

    /**
     * {@return the description with the list, whose worker has a hart of its own: nobody else may {@link #run} it}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addOwnHart(MachineSpec spec) {
        return addRegion(spec).withRegion(OWN_HART, 1);
    }

    /** {@return whether the worker has a hart of its own, by {@link #addOwnHart}} */
    public boolean hasOwnHart() {
        return ownHart;
    }

    /**
     * Puts a table on the list.
     *
     * @throws IllegalStateException if the list is full
     */
    @Mirrors("pagetable_free_kernel")
    void queue(long table) {
        long before = words.getOpaque(queued);
        if (before - words.getAcquire(freed) == CAPACITY) {
            throw new IllegalStateException(CAPACITY + " tables wait for the worker already: let it run");
        }
        words.setOpaque(slot(before), table);
        // Release: the flush of the harts, and the table's number, come before it is on the list; pairs with run's and
        // serveUntilClosed's acquire.
        words.setRelease(queued, before + 1);
    }

    /**
     * Invalidates, then frees what is on the list: the worker's function. Does nothing if the list is empty.
     *
     * @param worker the hart whose thread calls; interrupts on, not in a reader
     */
    @Mirrors("kernel_pgtable_work_func")
    public void run(Hart worker) {
        // Acquire: pairs with queue's release; what is on the list is unhooked, and was flushed before as the
        // dispatcher flushes.
        runTo(worker, words.getAcquire(queued) % CLOSED);
    }

    private void runTo(Hart worker, long end) {
        long next = words.getOpaque(freed);
        if (next < end) {
            iommu.invalidate(worker);
        }
        for (; next < end; next++) {
            memory.free(words.getOpaque(slot(next)));
            // Release: the slot was read before it can be used again. Pairs with queue's acquire.
            words.setRelease(freed, next + 1);
        }
    }

    /** Tells {@link #serveUntilClosed} that no more tables will come. Called by the hart that queued them. */
    public void close() {
        // Release: pairs with serveUntilClosed's acquire.
        words.setRelease(queued, words.getOpaque(queued) + CLOSED);
    }

    /**
     * Runs whenever there is something on the list, until {@link #close}: a worker on a hart of its own.
     *
     * @param worker that hart, whose thread calls
     */
    @Mirrors("worker_thread")
    public void serveUntilClosed(Hart worker) {
        long seen = 0;
        while (seen < CLOSED) {
            // Acquire: pairs with queue's and close's release.
            seen = words.await(queued, Conditions.REACHED, seen + 1);
            runTo(worker, seen % CLOSED);
        }
    }

    private long slot(long number) {
        return tables + number % CAPACITY * Long.BYTES;
    }
}
