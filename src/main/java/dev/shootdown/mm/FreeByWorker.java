package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Flushes the harts and leaves the table to a worker, which invalidates the caches of IOMMUs and frees ({@link
 * KernelTableWork}): what becomes of tables of the kernel since e37d5a2d60a3. The flush comes first, because the worker may be on
 * its way already.
 */
public final class FreeByWorker implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public FreeByWorker() {}

    @Override
    @Mirrors("pte_free_kernel")
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        gather.queueKernelTable(table);
    }
}
