/*
 * REMOVE_TABLE: the table is freed after the flush and a grace period: tlb_remove_table with MMU_GATHER_RCU_TABLE_FREE.
 *
 * The page does not wait for the grace period: the walker's own reference, and its second look at the entries, protect it.
 */

#include "tables.pml"

active proctype freer() {
    int ticket, taken;
    unmap();
    flush_tlb_range(ticket, taken);
    /* tlb_table_flush has call_rcu queue the batch; then tlb_batch_pages_flush. */
    put_page();
    /* rcu_do_batch, after the grace period: tlb_remove_table_rcu. */
    synchronize_rcu();
    free_table()
}
