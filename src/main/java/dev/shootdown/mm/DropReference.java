package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/** Flushes and drops the parent entry's reference: whoever drops the last one frees the table. */
public final class DropReference implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public DropReference() {}

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        gather.dropReference(table);
    }
}
