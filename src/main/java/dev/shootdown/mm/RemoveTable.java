package dev.shootdown.mm;

import dev.shootdown.hart.Build;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Collects tables in a batch that is freed after a flush and a grace period: {@code tlb_remove_table} with
 * MMU_GATHER_RCU_TABLE_FREE. When no batch can be allocated, it invalidates at once and leaves the table to a second
 * strategy. A {@link Build#UNIPROCESSOR} does not select RCU table free: there it is {@link RemovePage}.
 */
public final class RemoveTable implements TableFreeing {
    private final TableFreeing withoutBatch;

    /**
     * A strategy that falls back to {@code withoutBatch} when memory for a batch is short.
     *
     * @param withoutBatch what is done for a table for which no batch can be allocated
     */
    public RemoveTable(TableFreeing withoutBatch) {
        this.withoutBatch = withoutBatch;
    }

    @Override
    @Mirrors("tlb_remove_table")
    public void free(MmuGather gather, DetachedTable table) {
        if (gather.build() == Build.UNIPROCESSOR) {
            gather.removePage(table);
        } else if (!gather.batchTable(table)) {
            gather.invalidate();
            withoutBatch.free(gather, table);
        }
    }
}
