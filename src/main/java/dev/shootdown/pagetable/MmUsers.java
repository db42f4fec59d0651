package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import java.util.Optional;

/**
 * {@code mm_users}: who still uses an address space, its own threads as one and each walker that pinned it. Whoever leaves last
 * ends it, and frees the tables that were put aside until then.
 *
 * <p>The root table is not among them: it goes with {@code mm_count}, which is another count.
 */
public final class MmUsers {
    private static final String REGION = "mm_users";
    private static final long ITS_OWN_THREADS = 1;
    private static final long ANYBODY = -1;

    private final Words words;
    private final PhysicalMemory memory;
    private final TableStash kept;
    private final long offset;

    private MmUsers(Machine machine, TableStash kept) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.kept = kept;
        this.offset = machine.region(REGION);
    }

    /**
     * {@return the count of a machine, if it has one}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<MmUsers> of(Machine machine) {
        return machine.spec().regions().containsKey(REGION)
                ? TableStash.of(machine).map(kept -> new MmUsers(machine, kept))
                : Optional.empty();
    }

    /**
     * {@return the description with the count, and a stash for the tables that wait for the end}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return TableStash.addRegion(spec).withRegion(REGION, 1);
    }

    /** The address space has threads of its own. Before anybody else runs. */
    public void begin() {
        words.setOpaque(offset, ITS_OWN_THREADS);
    }

    /**
     * Pins the address space unless it has ended.
     *
     * @return whether it did
     */
    @Mirrors("mmget_not_zero")
    public boolean tryGet() {
        for (; ; ) {
            long users = words.getOpaque(offset);
            if (users == 0) {
                return false;
            }
            // Full barrier: tables are read after; pairs with the put that reaches zero, after which they go.
            if (words.compareAndSet(offset, users, users + 1)) {
                return true;
            }
        }
    }

    /**
     * Leaves the address space. The last who leaves frees what was kept until now.
     *
     * @throws IllegalStateException if nobody used it
     */
    @Mirrors("mmput, exit_mmap")
    public void put() {
        // Full barrier: all loads from its tables come before; pairs with the put that reaches zero.
        long before = words.getAndAdd(offset, -1);
        if (before <= 0) {
            throw new IllegalStateException("nobody used the address space that was to be left");
        }
        if (before == 1) {
            freeKept();
        }
    }

    /** {@return how many use the address space: whoever counts up or down orders nothing for who asks} */
    @Mirrors("atomic_read(&mm->mm_users)")
    public long count() {
        return words.getOpaque(offset);
    }

    /** Waits until the last has left: for who ends the address space in the place of whoever that is. */
    @Mirrors("mmput_async")
    public void awaitEnd() {
        // Acquire: pairs with the put that reaches zero; what its user loaded from the tables comes before they go.
        words.await(offset, Conditions.CLEAR, ANYBODY);
    }

    private void freeKept() {
        for (long table = kept.take(); table != PhysicalMemory.NO_FRAME; table = kept.take()) {
            memory.free(table);
        }
    }
}
