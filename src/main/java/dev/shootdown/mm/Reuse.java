package dev.shootdown.mm;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Poison;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;

/**
 * Somebody else who takes the frames that were just freed, so that a late walker finds another owner's contents instead of
 * poison. Needs an allocator that recycles.
 */
public final class Reuse {
    /** The owner that recycled frames get: no address space under test has this number. */
    public static final int FOREIGN_OWNER = 0xF0;

    private final PageTables tables;
    private final PhysicalMemory memory;

    /**
     * Takes over what is freed of {@code tables}.
     *
     * @param tables whose frames
     */
    public Reuse(PageTables tables) {
        this.tables = tables;
        this.memory = tables.memory();
    }

    /** What the frames become. */
    public enum As {
        /** Pages of data, each word foreign. */
        DATA,
        /** Tables of another address space, each entry a leaf to some page of its own, each marked foreign. */
        TABLE
    }

    /**
     * Takes every frame that was given back.
     *
     * @param use as what
     * @return how many there were
     */
    public int takeAll(As use) {
        int taken = 0;
        for (long frame = take(use); frame != PhysicalMemory.NO_FRAME; frame = take(use)) {
            memory.fill(frame, contents(use, frame));
            if (use == As.TABLE) {
                count(frame);
            }
            taken++;
        }
        return taken;
    }

    /** Who counts tables counts this one too, from when it has its contents. */
    private void count(long table) {
        tables.counts().ifPresent(counts -> counts.begin(table));
    }

    private long take(As use) {
        return memory.tryReallocate(use == As.DATA ? FrameKind.DATA : FrameKind.TABLE, FOREIGN_OWNER);
    }

    private static long contents(As use, long frame) {
        return switch (use) {
            case DATA -> Poison.FOREIGN.pattern();
            case TABLE -> Poison.FOREIGN.pattern() | Pte.leaf(frame);
        };
    }
}
