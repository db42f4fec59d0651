package com.example.strategy;

import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.FreeingKind;

/** {@link BatchOrFree}, repaired: without memory for a batch it waits for a grace period before it frees. */
record BatchOrWait(String name, BatchAllocation batchAllocation) implements FreeingKind, TableFreeing {
    @Override
    public TableFreeing strategy() {
        return this;
    }

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        if (!gather.batchTable(table)) {
            gather.invalidate();
            gather.synchronizeRcu();
            gather.freeNow(table);
        }
    }
}
