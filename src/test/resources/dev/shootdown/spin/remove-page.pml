/*
 * REMOVE_PAGE: the table is queued like a page and freed after the flush: tlb_remove_page_ptdesc, then tlb_flush_mmu.
 *
 * All that the free waits for is the flush. So it is safe exactly when the flush waits for the walker.
 */

#include "tables.pml"

active proctype freer() {
    int ticket, taken;
    unmap();
    flush_tlb_range(ticket, taken);
    /* tlb_batch_pages_flush: in the order in which they were queued. */
    put_page();
    free_table()
}
