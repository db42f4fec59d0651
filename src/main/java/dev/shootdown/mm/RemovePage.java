package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Queues the table like a page, to be freed after the flush: {@code tlb_remove_page_ptdesc}. The flush is all that it
 * waits for, so it is safe exactly when the flush also waits for the walkers.
 */
public final class RemovePage implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public RemovePage() {}

    @Override
    @Mirrors("tlb_remove_page_ptdesc")
    public void free(MmuGather gather, DetachedTable table) {
        gather.removePage(table);
    }
}
