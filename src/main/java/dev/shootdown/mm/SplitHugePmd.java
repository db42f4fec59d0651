package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;

/**
 * {@code __split_huge_pmd}: maps a huge page by ptes again, in the very table that was deposited under it. The table never
 * leaves the address space: it is filled while no entry leads to it, and then hooked where it was before. Whoever has been in
 * it all the time finds the same pmd and other ptes.
 *
 * <p>All under {@code pmd_lock}, flush included. The kernel may hold {@code mmap_lock} or a lock of the reverse map as well, to
 * read: that keeps collapses out, and here one hart collapses and splits, one after the other. Fast GUP takes none of them. Confined
 * to its gather's hart.
 */
public final class SplitHugePmd {
    private final AddressSpace mm;
    private final PageTables tables;
    private final MmuGather gather;
    private final PageTableLocks locks;
    private final DepositedTable deposit;

    /**
     * Splits huge pages of {@code mm}, flushing with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param deposit where the table to hook is
     */
    public SplitHugePmd(AddressSpace mm, MmuGather gather, DepositedTable deposit) {
        this.mm = mm;
        this.tables = mm.tables();
        this.gather = gather;
        this.locks = new PageTableLocks(gather.hart().machine());
        this.deposit = deposit;
    }

    /**
     * Splits the mapping of the huge page at {@code virtualAddress}.
     *
     * @param virtualAddress any address of it
     */
    @Mirrors("__split_huge_pmd")
    public void split(long virtualAddress) {
        long pmdOffset = mm.parentOf(virtualAddress, TableLevel.PTE);
        gather.begin();
        locks.lockPmd();
        splitLocked(pmdOffset, virtualAddress);
        locks.unlockPmd();
        gather.finish();
    }

    @Mirrors("__split_huge_pmd_locked")
    private void splitLocked(long pmdOffset, long virtualAddress) {
        long pmd = invalidate(pmdOffset, virtualAddress);
        long table = deposit.withdraw();
        fill(table, Pte.ppn(pmd), virtualAddress);
        tables.publish(pmdOffset, Pte.table(table));
    }

    @Mirrors("pmdp_invalidate")
    private long invalidate(long pmdOffset, long virtualAddress) {
        long pmd = tables.getAndClear(pmdOffset);
        gather.flushTable(virtualAddress);
        return pmd;
    }

    @Mirrors("set_ptes")
    private void fill(long table, long firstFrame, long virtualAddress) {
        long base = virtualAddress & -VirtualAddress.tableSpan(0, tables.shape());
        for (int index = 0; index < tables.shape().entries(); index++) {
            long address = base + (long) index * tables.shape().bytes();
            tables.publish(tables.entryOffset(table, 0, address), Pte.leaf(firstFrame + index));
        }
    }
}
