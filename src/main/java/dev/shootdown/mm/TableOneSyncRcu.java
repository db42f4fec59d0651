package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/** Waits for a grace period and frees: {@code tlb_remove_table_one} since 1fb3d8c20bfa. */
public final class TableOneSyncRcu implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public TableOneSyncRcu() {}

    @Override
    @Mirrors("tlb_remove_table_sync_rcu")
    public void free(MmuGather gather, DetachedTable table) {
        gather.synchronizeRcu();
        gather.freeNow(table);
    }
}
