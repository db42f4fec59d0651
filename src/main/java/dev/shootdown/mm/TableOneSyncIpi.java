package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Interrupts every hart with nothing to do, waits, and frees: {@code tlb_remove_table_one} up to v6.8. The interrupt is a
 * waited S-mode one even where fences go through SBI, so interrupts-off walkers are gone; it is no grace period, and a
 * reader with interrupts on is not waited for.
 */
public final class TableOneSyncIpi implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public TableOneSyncIpi() {}

    @Override
    @Mirrors("tlb_remove_table_sync_one")
    public void free(MmuGather gather, DetachedTable table) {
        gather.interruptAllHarts();
        gather.freeNow(table);
    }
}
