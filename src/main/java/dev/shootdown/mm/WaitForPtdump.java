package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Flushes, takes the {@code mmap_lock} of {@code init_mm} for reading and gives it back, and frees: what arm64 does for a table of
 * the kernel while its tables may be dumped. The dumper holds the lock for writing, so one that saw the table is through; one
 * that comes later does not find it.
 */
public final class WaitForPtdump implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public WaitForPtdump() {}

    @Override
    @Mirrors("pmd_free_pte_page")
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        gather.waitForMmapWriters();
        gather.freeNow(table);
    }
}
