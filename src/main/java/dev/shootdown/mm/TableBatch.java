package dev.shootdown.mm;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.TableShape;

/**
 * {@code struct mmu_table_batch}: tables that wait for one grace period together, listed in a frame of their own.
 *
 * <pre>
 *   word 0, 1  the rcu_head (unused here: the RCU ring names the batch)
 *        2     number of tables
 *        3 …   their frame numbers
 * </pre>
 *
 * <p>One of these for a machine: it knows how to fill batches and, as RCU callbacks, how to free them. A batch is confined
 * to the gathering hart until {@code call_rcu}, then to the hart that runs the callback.
 */
public final class TableBatch {
    private static final int HEADER_WORDS = 3;
    private static final long COUNT = 2L * Long.BYTES;
    private static final long TABLES = (long) HEADER_WORDS * Long.BYTES;
    private static final int KERNEL_OWNER = 0;

    private final Words words;
    private final PhysicalMemory memory;
    private final Rcu rcu;
    private final int freeBatch;
    private final int freeTable;

    /**
     * The batches of a machine; registers its callbacks.
     *
     * @param machine whose memory batches come from
     * @param rcu of the same machine
     */
    public TableBatch(Machine machine, Rcu rcu) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.rcu = rcu;
        this.freeBatch = rcu.register(this::freeBatch);
        this.freeTable = rcu.register(this::freeTable);
    }

    /** Tables that one frame of that shape can list. */
    static int capacity(TableShape shape) {
        return shape.entries() - HEADER_WORDS;
    }

    /** An empty batch, or {@link PhysicalMemory#NO_FRAME}. */
    long tryAllocate() {
        long batch = memory.tryAllocate(FrameKind.KERNEL, KERNEL_OWNER);
        if (batch != PhysicalMemory.NO_FRAME) {
            words.setOpaque(memory.offsetOfFrame(batch) + COUNT, 0);
        }
        return batch;
    }

    /** Adds a table and returns how many are in it now. */
    int add(long batch, long table) {
        long offset = memory.offsetOfFrame(batch);
        long count = words.getOpaque(offset + COUNT);
        words.setOpaque(offset + TABLES + count * Long.BYTES, table);
        words.setOpaque(offset + COUNT, count + 1);
        return (int) count + 1;
    }

    /** Frees the batch's tables, and the batch, after a grace period. */
    @Mirrors("tlb_remove_table_free")
    void callRcu(long batch) {
        rcu.callRcu(freeBatch, batch);
    }

    /** Frees one table after a grace period, without a batch. */
    @Mirrors("__tlb_remove_table_one")
    void callRcuOne(long table) {
        rcu.callRcu(freeTable, table);
    }

    @Mirrors("tlb_remove_table_rcu")
    private void freeBatch(Hart runner, long batch) {
        long offset = memory.offsetOfFrame(batch);
        long count = words.getOpaque(offset + COUNT);
        for (long index = 0; index < count; index++) {
            memory.free(words.getOpaque(offset + TABLES + index * Long.BYTES));
        }
        memory.free(batch);
    }

    @Mirrors("__tlb_remove_table")
    private void freeTable(Hart runner, long table) {
        memory.free(table);
    }
}
