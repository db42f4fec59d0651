package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import java.util.Arrays;

/**
 * What {@code tlb_remove_page} queued: data pages, each with the mapping's reference, and tables that are freed like pages.
 * Room for a bundle, then batch by batch. Confined to the gathering hart's thread.
 */
final class PageQueue {
    private static final long TABLE = 1L << 62;

    private final PhysicalMemory memory;
    private final GatherSizes sizes;
    private long[] entries;
    private int count;
    private int room;

    PageQueue(PhysicalMemory memory, GatherSizes sizes) {
        this.memory = memory;
        this.sizes = sizes;
        this.entries = new long[sizes.bundle()];
        this.room = sizes.bundle();
    }

    void addPage(long frame) {
        entries[count++] = frame;
    }

    void addTable(long frame) {
        entries[count++] = frame | TABLE;
    }

    /** Whether nothing more fits, not even after allocating another batch: then the gather must flush. */
    boolean isFull() {
        return count == room && !nextBatch();
    }

    private boolean nextBatch() {
        int most = sizes.bundle() + sizes.maxBatches() * sizes.pagesPerBatch();
        if (sizes.allocation() == BatchAllocation.FAILS || room == most) {
            return false;
        }
        room += sizes.pagesPerBatch();
        if (entries.length < room) {
            entries = Arrays.copyOf(entries, room);
        }
        return true;
    }

    /** Frees the tables, drops the mappings' references, and frees the pages that nobody else holds. */
    @Mirrors("tlb_batch_pages_flush")
    void freeAll() {
        FrameTable frameTable = memory.frameTable();
        for (int index = 0; index < count; index++) {
            long entry = entries[index];
            if ((entry & TABLE) != 0) {
                memory.free(entry & ~TABLE);
            } else if (frameTable.put(entry, 1) == 0) {
                memory.free(entry);
            }
        }
        count = 0;
        room = sizes.bundle();
    }
}
