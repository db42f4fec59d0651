package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import java.util.Optional;

/**
 * A reference count for each table: one of its parent entry, and one of each walker in it. Whoever drops the last frees the
 * table.
 *
 * <p>A count stands beside its frame's descriptor, so there is one at all times ({@link Taking#OWN_DESCRIPTOR} is the exception); but
 * what it counts is the frame's life of the moment. Zero means that nobody has the frame as a table.
 */
public final class TableCounts {
    private static final String REGION = "table_counts";
    private static final long ONE_OF_THE_PARENT = 1;
    private static final long DEAD = 1L << Integer.SIZE;

    private final Words words;
    private final PhysicalMemory memory;
    private final long base;
    private final Taking taking;

    /** How walkers take a reference. */
    public enum Taking {
        /** Unless there is none, and then the parent entry is loaded again. */
        RECHECKED,
        /** Unless there is none, and no more: the count may be that of another life. A mistake. */
        UNCHECKED,
        /** Without looking whether there is one; the parent entry is loaded again. A mistake. */
        BLIND,
        /** As {@link #RECHECKED}, but the count lives in the table's own descriptor, and goes with it. A mistake. */
        OWN_DESCRIPTOR;

        private String region() {
            return REGION + "." + name();
        }
    }

    private TableCounts(Machine machine, Taking taking) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.base = machine.region(taking.region());
        this.taking = taking;
    }

    /**
     * {@return the counts of a machine, if it has some}
     *
     * @param machine its description says whether there are any
     */
    public static Optional<TableCounts> of(Machine machine) {
        for (Taking taking : Taking.values()) {
            if (machine.spec().regions().containsKey(taking.region())) {
                return Optional.of(new TableCounts(machine, taking));
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the description with counts, all zero; it must have been said how many frames there are}
     *
     * @param spec the machine so far
     * @param taking how walkers will take a reference
     */
    public static MachineSpec addRegion(MachineSpec spec, Taking taking) {
        return spec.withRegion(taking.region(), spec.frames());
    }

    /** {@return how walkers take a reference on this machine} */
    public Taking taking() {
        return taking;
    }

    /**
     * A table begins to be counted: its owner has the first reference.
     *
     * @param table its frame's number
     */
    public void begin(long table) {
        // Release: pairs with the compareAndSet of a walker that takes one more; it sees the table's contents.
        words.setRelease(offsetOf(table), ONE_OF_THE_PARENT);
    }

    /**
     * Takes a reference unless there is none.
     *
     * @param table its frame's number
     * @return whether it did
     */
    public boolean tryGet(long table) {
        return getUnlessNone(table) != 0;
    }

    /**
     * Takes a reference unless there is none.
     *
     * @param table its frame's number
     * @return how many there were before; or what stood there, if it was {@linkplain #isDead no count any more}
     */
    @Mirrors("refcount_inc_not_zero")
    public long getUnlessNone(long table) {
        long offset = offsetOf(table);
        for (; ; ) {
            long references = words.getOpaque(offset);
            if (references == 0) {
                return 0;
            }
            // Full barrier: the parent entry is loaded again after the reference; pairs with the freer, which clears
            // the entry before it drops its own (drop).
            if (words.compareAndSet(offset, references, references + 1)) {
                return references;
            }
        }
    }

    /**
     * Takes a reference whether there is one or not. A mistake.
     *
     * @param table its frame's number
     * @return whether there was one: for the oracle, not for the walker
     */
    @Mirrors("atomic_inc")
    public boolean getBlindly(long table) {
        // Full barrier: as in tryGet.
        return words.getAndAdd(offsetOf(table), 1) != 0;
    }

    /**
     * Drops a reference, and frees the table if it was the last.
     *
     * @param table its frame's number
     * @throws IllegalStateException if there was none
     */
    public void drop(long table) {
        // Full barrier: the unhook, and all loads from the table, come before; pairs with the drop that reaches zero.
        long before = words.getAndAdd(offsetOf(table), -1);
        if (before <= 0) {
            throw new IllegalStateException("table 0x" + Long.toHexString(table) + " had no reference to drop");
        }
        if (before == 1) {
            retire(table);
            memory.free(table);
        }
    }

    /** A count that lives in the table's descriptor goes with it: what stands there now is no count. */
    private void retire(long table) {
        if (taking == Taking.OWN_DESCRIPTOR) {
            words.setOpaque(offsetOf(table), DEAD);
        }
    }

    /**
     * {@return whether a word that was a count is none any more}
     *
     * @param word what stands there
     */
    public static boolean isDead(long word) {
        return word >= DEAD;
    }

    /**
     * {@return how many references there are to a table now}
     *
     * @param table its frame's number
     */
    public long count(long table) {
        return words.getOpaque(offsetOf(table));
    }

    private long offsetOf(long table) {
        return base + (table - memory.firstFrame()) * Long.BYTES;
    }
}
