package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/** Frees after the invalidation without waiting for anybody: the control beside the two that do wait. A mistake. */
public final class TableOneUnsynchronised implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public TableOneUnsynchronised() {}

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        gather.freeNow(table);
    }
}
