package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Frees at once, before anything is invalidated: what riscv did with pmd, pud and p4d tables before 8246601a7d39. A mistake
 * under every dispatcher.
 */
public final class FreeBeforeFlush implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public FreeBeforeFlush() {}

    @Override
    @Mirrors("pud_free_tlb (before 8246601a7d39)")
    public void free(MmuGather gather, DetachedTable table) {
        gather.freeNow(table);
    }
}
