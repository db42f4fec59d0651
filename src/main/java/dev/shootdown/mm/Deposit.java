package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;

/**
 * Flushes, perhaps waits, and deposits the table with its huge page. When that goes, the table is withdrawn and freed without
 * waiting for anybody ({@code zap_deposited_table}): so who is to be waited for must be waited for here, which is what 2ba99c5e0881
 * added to a collapse.
 */
public final class Deposit implements TableFreeing {
    private final WalkerWait wait;

    /**
     * A strategy that waits so before it deposits.
     *
     * @param wait for whom
     */
    public Deposit(WalkerWait wait) {
        this.wait = wait;
    }

    @Override
    @Mirrors("pmdp_collapse_flush, pgtable_trans_huge_deposit")
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        wait.end(gather);
        gather.putAside(table);
    }
}
