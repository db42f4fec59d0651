package com.example.strategy;

import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.FreeingKind;

/**
 * Collects tables in a batch that is freed after a grace period. If there is no memory for a batch, it invalidates and frees
 * the table by itself: subtly wrong, because nobody waits for walkers then.
 */
record BatchOrFree(String name, BatchAllocation batchAllocation) implements FreeingKind, TableFreeing {
    @Override
    public TableFreeing strategy() {
        return this;
    }

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        if (!gather.batchTable(table)) {
            gather.invalidate();
            gather.freeNow(table);
        }
    }
}
