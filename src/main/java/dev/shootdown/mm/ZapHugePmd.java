package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;

/**
 * {@code zap_huge_pmd}: unmaps a huge page, and gives the pte table back that was deposited under it. That table is linked from
 * nowhere by then, so the kernel frees it there and then, before the gather has flushed anything: right, if everybody who
 * found it when it was linked has gone since.
 *
 * <p>All of it but the free of the huge page stands under {@code pmd_lock}: two who unmap the same page would otherwise withdraw
 * its table twice. {@code mmap_lock}, which the kernel holds at least to read, keeps collapses out; here one hart collapses and
 * unmaps, one after the other, so that it stands in no word. Fast GUP takes neither. Confined to its gather's hart.
 */
public final class ZapHugePmd {
    private final AddressSpace mm;
    private final PageTables tables;
    private final MmuGather gather;
    private final PageTableLocks locks;
    private final DepositedTable deposit;
    private final PteFree pteFree;

    /**
     * Unmaps huge pages of {@code mm} with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param deposit where the table to free is
     * @param release how that is freed
     */
    public ZapHugePmd(AddressSpace mm, MmuGather gather, DepositedTable deposit, PteRelease release) {
        this.mm = mm;
        this.tables = mm.tables();
        this.gather = gather;
        this.locks = new PageTableLocks(gather.hart().machine());
        this.deposit = deposit;
        this.pteFree = new PteFree(gather.hart(), mm, release);
    }

    /**
     * Unmaps the huge page at {@code virtualAddress}.
     *
     * @param virtualAddress any address of it
     */
    @Mirrors("zap_huge_pmd")
    public void zap(long virtualAddress) {
        long pmdOffset = mm.parentOf(virtualAddress, TableLevel.PTE);
        gather.begin();
        locks.lockPmd();
        long pmd = tables.getAndClear(pmdOffset);
        pteFree.free(tables.detach(deposit.withdraw(), TableLevel.PTE.level()));
        locks.unlockPmd();
        gather.removeLeaf(Pte.ppn(pmd), virtualAddress, TableLevel.PMD.level());
        gather.finish();
    }
}
