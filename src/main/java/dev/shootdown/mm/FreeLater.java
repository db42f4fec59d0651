package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Puts the table aside and is done: the flush that ends the unmapping comes, and later whoever finds the table there frees it or
 * uses it. What it waits for is that somebody else's business: a worker's (e37d5a2d60a3), that of a pool of tables, or the end of
 * the address space.
 */
public final class FreeLater implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public FreeLater() {}

    @Override
    @Mirrors("pagetable_free_kernel")
    public void free(MmuGather gather, DetachedTable table) {
        gather.putAside(table);
    }
}
