package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Flushes, perhaps waits, and lets another address space go on with the table: the last that shared a hugetlb pmd table has it for
 * itself (1013af4f585f). Nothing is freed.
 */
public final class ReuseInPlace implements TableFreeing {
    private final WalkerWait wait;

    /**
     * A strategy that waits so before the table's next life begins.
     *
     * @param wait for whom
     */
    public ReuseInPlace(WalkerWait wait) {
        this.wait = wait;
    }

    @Override
    @Mirrors("huge_pmd_unshare")
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        wait.end(gather);
        gather.reuseInPlace(table);
    }
}
