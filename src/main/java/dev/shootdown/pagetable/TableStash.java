package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import java.util.Optional;

/**
 * Tables that were unhooked and put aside, a bit a frame: deposited, in a pool, in a worker's queue, or kept until their
 * address space ends. Any number of harts may add and take at once.
 */
public final class TableStash {
    private static final String REGION = "table_stash";

    private final Words words;
    private final long base;
    private final long firstFrame;
    private final int bitmapWords;

    private TableStash(Machine machine) {
        PhysicalMemory memory = machine.memory();
        this.words = machine.words();
        this.base = machine.region(REGION);
        this.firstFrame = memory.firstFrame();
        this.bitmapWords = wordsFor(memory.frames());
    }

    /**
     * {@return the stash of a machine, if it has one}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<TableStash> of(Machine machine) {
        return machine.spec().regions().containsKey(REGION) ? Optional.of(new TableStash(machine)) : Optional.empty();
    }

    /**
     * {@return the description with an empty stash; it must have been said how many frames there are}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, wordsFor(spec.frames()));
    }

    private static int wordsFor(int frames) {
        return (frames + Long.SIZE - 1) / Long.SIZE;
    }

    /**
     * Puts a table aside.
     *
     * @param table its frame's number; unhooked and not freed
     * @throws IllegalStateException if it is there already
     */
    public void add(long table) {
        long index = table - firstFrame;
        long bit = 1L << index;
        // Full barrier: the unhook comes before the table can be taken; pairs with take's compareAndSet.
        long before = words.getAndBitwiseOr(base + index / Long.SIZE * Long.BYTES, bit);
        if ((before & bit) != 0) {
            throw new IllegalStateException("table 0x" + Long.toHexString(table) + " was put aside twice");
        }
    }

    /**
     * Takes one out, the lowest frame number first.
     *
     * @return it, or {@link PhysicalMemory#NO_FRAME} if the stash is empty
     */
    public long take() {
        for (int word = 0; word < bitmapWords; word++) {
            long offset = base + (long) word * Long.BYTES;
            for (long seen = words.getOpaque(offset); seen != 0; seen = words.getOpaque(offset)) {
                long lowest = Long.lowestOneBit(seen);
                // Full barrier: whatever becomes of the table comes after; pairs with add.
                if (words.compareAndSet(offset, seen, seen & ~lowest)) {
                    return firstFrame + (long) word * Long.SIZE + Long.numberOfTrailingZeros(lowest);
                }
            }
        }
        return PhysicalMemory.NO_FRAME;
    }
}
