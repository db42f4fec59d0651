package dev.shootdown.mm;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/** Gives pte tables back that no gather collects. Confined to its hart. */
final class PteFree {
    private final Hart hart;
    private final AddressSpace mm;
    private final PteRelease release;

    PteFree(Hart hart, AddressSpace mm, PteRelease release) {
        this.hart = hart;
        this.mm = mm;
        this.release = release;
    }

    /** Gives a table back, in the manner chosen. */
    void free(DetachedTable table) {
        switch (release) {
            case PTE_FREE -> now(table);
            case SYNC_ONE_AND_PTE_FREE -> {
                mm.interruptAllHarts(hart);
                now(table);
            }
            case PTE_FREE_DEFER -> later(table);
        }
        mm.tables().uncount(1);
    }

    @Mirrors("pte_free")
    private void now(DetachedTable table) {
        mm.tables().memory().free(table.discharge());
    }

    @Mirrors("pte_free_defer")
    private void later(DetachedTable table) {
        mm.tableBatch().callRcuOne(table.discharge());
    }
}
