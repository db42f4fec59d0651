package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.tlb.RfenceRoute;

/**
 * The choice at run time of riscv since 69be3fb111e7: where fences go by S-mode interrupt, freeing after the flush is
 * enough; where they go past S-mode, the table waits for a grace period.
 */
public final class StaticKey implements TableFreeing {
    private final RfenceRoute removePageUnder;
    private final TableFreeing removePage = new RemovePage();
    private final TableFreeing removeTable = new RemoveTable(new TableOneSyncRcu());

    private StaticKey(RfenceRoute removePageUnder) {
        this.removePageUnder = removePageUnder;
    }

    /** {@return the strategy as the patch has it} */
    public static StaticKey asMerged() {
        return new StaticKey(RfenceRoute.S_MODE_IPI);
    }

    /** {@return the strategy with the branches swapped: a control that must fail where fences go past S-mode} */
    public static StaticKey inverted() {
        return new StaticKey(RfenceRoute.M_MODE);
    }

    @Override
    @Mirrors("riscv_tlb_remove_ptdesc")
    public void free(MmuGather gather, DetachedTable table) {
        TableFreeing chosen = gather.route() == removePageUnder ? removePage : removeTable;
        chosen.free(gather, table);
    }
}
