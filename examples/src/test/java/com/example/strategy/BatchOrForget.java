package com.example.strategy;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.TableStash;
import dev.shootdown.race.FreeingKind;

/**
 * {@link BatchOrFree}, mended the wrong way: without memory for a batch it puts the table aside, for a worker that was never
 * written. No walker reads a freed table, for none is freed: only an outcome of one's own tells that.
 */
record BatchOrForget(String name, BatchAllocation batchAllocation) implements FreeingKind, TableFreeing {
    @Override
    public MachineSpec prepare(MachineSpec spec) {
        return TableStash.addRegion(spec);
    }

    @Override
    public TableFreeing strategy() {
        return this;
    }

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        if (!gather.batchTable(table)) {
            gather.putAside(table);
        }
    }
}
