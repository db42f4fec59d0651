package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/**
 * Puts the table aside and is done: the flush that ends the unmapping comes, and later whoever finds the table there frees it or
 * uses it. What they wait for is their business: a pool of tables, or the end of the address space.
 */
public final class FreeLater implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public FreeLater() {}

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        gather.putAside(table);
    }
}
