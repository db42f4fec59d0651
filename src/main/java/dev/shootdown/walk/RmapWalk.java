package dev.shootdown.walk;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.pagetable.RwSemaphore;

/**
 * The descent of {@link FastGup} under a semaphore, to read: what users of the reverse map do, who come to a page's tables by
 * its file and hold {@code i_mmap_rwsem}. No section, interrupts on: neither an interrupt nor a grace period waits for it.
 *
 * <p>Safe only if whoever takes a table away holds the same semaphore to write. Confined to its hart's thread.
 */
public final class RmapWalk {
    private final RwSemaphore semaphore;
    private final TableDescent descent;

    /**
     * A walker of {@code tables} that holds {@code semaphore} meanwhile, and which {@code probe} stands beside.
     *
     * @param semaphore the file's, {@code i_mmap_rwsem}
     * @param tables of the address space to walk
     * @param probe told of each step, for timing and statistics
     */
    public RmapWalk(RwSemaphore semaphore, PageTables tables, WalkProbe probe) {
        this.semaphore = semaphore;
        this.descent = new TableDescent(tables, PinFlags.FOLL_GET, Recheck.PMD_AND_PTE, probe);
    }

    /**
     * Pins the page at {@code virtualAddress}; it stays pinned until {@link #unpin}.
     *
     * @param virtualAddress any address of the page, canonical
     * @return how the walk ended
     * @throws IllegalArgumentException if the address is not canonical
     */
    @Mirrors("page_vma_mapped_walk")
    public WalkOutcome pin(long virtualAddress) {
        semaphore.downRead();
        WalkOutcome outcome = descent.pin(virtualAddress);
        semaphore.upRead();
        return outcome;
    }

    /** Drops the reference that the last walk took, if it took one. */
    public void unpin() {
        descent.unpin();
    }
}
