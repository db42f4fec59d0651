package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Frees after a grace period that nobody here waits for: {@code tlb_remove_table_one} with PT_RECLAIM, by the RCU head that each
 * table has in its own descriptor.
 */
public final class TableOneCallRcu implements TableFreeing {
    /** The strategy, which keeps nothing. */
    public TableOneCallRcu() {}

    @Override
    @Mirrors("__tlb_remove_table_one")
    public void free(MmuGather gather, DetachedTable table) {
        gather.callRcu(table);
    }
}
