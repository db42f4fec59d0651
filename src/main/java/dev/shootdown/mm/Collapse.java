package dev.shootdown.mm;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;

/**
 * The page-table half of {@code collapse_huge_page}: takes a pte table's pages away by clearing the pmd that leads to it, and
 * leaves the ptes as they are.
 *
 * <p>The pmd is cleared, and filled again, under {@code pmd_lock}, which others take who change it. The kernel holds two more for
 * all that time, to write: {@code mmap_lock} and the {@code anon_vma}'s. They keep out whoever walks by way of the address space or of
 * the reverse map, and stand in no word here, because no such walker is let into these races: left are the two that take no
 * lock, fast GUP and the hardware. The pte table's lock, under which the pages are isolated and copied, would be taken by nobody
 * else once the pmd is clear and those two are held.
 *
 * <p>With {@link Sync#NOBODY} this is the state between 70cbc3cc78a9, which made GUP load the pmd again, and 2ba99c5e0881, which added an interrupt
 * broadcast after the flush: with the broadcast a missing re-check would not show for a walker with interrupts off.
 *
 * <p>The table itself is kept, detached ({@code pgtable_trans_huge_deposit}); the small pages are given up, and may belong
 * to somebody else at once. (The kernel clears each pte when it has copied the page, so that the window for a walker that loads
 * ptes only is from the flush to there; here it stays open, and the page's new owner tells on the walker.) A walker that loaded the pmd before can still read the intact ptes: only the re-check of the
 * pmd tells it. Confined to its gather's hart.
 */
public final class Collapse {
    private final AddressSpace mm;
    private final PageTables tables;
    private final MmuGather gather;
    private final PageTableLocks locks;
    private final Sync sync;

    /** For whom the collapse waits after its flush. */
    public enum Sync {
        /** For nobody: until 2ba99c5e0881. */
        NOBODY,
        /** {@code tlb_remove_table_sync_one}: for every walker that has interrupts off. */
        SYNC_ONE
    }

    /**
     * Collapses tables of {@code mm}, flushing with {@code gather} and waiting for nobody after that.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     */
    public Collapse(AddressSpace mm, MmuGather gather) {
        this(mm, gather, Sync.NOBODY);
    }

    /**
     * Collapses tables of {@code mm}, flushing with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param sync whom the collapse waits for
     */
    public Collapse(AddressSpace mm, MmuGather gather, Sync sync) {
        this.mm = mm;
        this.tables = mm.tables();
        this.gather = gather;
        this.locks = new PageTableLocks(gather.hart().machine());
        this.sync = sync;
    }

    /**
     * {@return the description with the locks that a collapse takes}
     *
     * @param spec the machine so far, with all its frames
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return PageTableLocks.addRegion(spec);
    }

    /**
     * Collapses the pte table that translates {@code virtualAddress}.
     *
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("collapse_huge_page")
    public void collapse(long virtualAddress) {
        takeAway(virtualAddress);
    }

    /**
     * The same, and maps a huge page instead, with the pte table deposited under it.
     *
     * @param virtualAddress any address that the table translates
     * @param deposit where the table goes
     */
    @Mirrors("collapse_huge_page")
    public void collapse(long virtualAddress, DepositedTable deposit) {
        long table = takeAway(virtualAddress);
        locks.lockPmd();
        deposit.deposit(table);
        mm.mapHuge(virtualAddress, TableLevel.PMD);
        locks.unlockPmd();
    }

    /** Takes the pages away, and says in which frame the table is that mapped them. */
    private long takeAway(long virtualAddress) {
        long pmdOffset = mm.parentOf(virtualAddress, TableLevel.PTE);
        gather.begin();
        long table = Pte.ppn(clearPmdAndFlush(pmdOffset, virtualAddress));
        if (sync == Sync.SYNC_ONE) {
            gather.interruptAllHarts();
        }
        giveUpPages(table, virtualAddress);
        gather.finish();
        return table;
    }

    @Mirrors("pmdp_collapse_flush")
    private long clearPmdAndFlush(long pmdOffset, long virtualAddress) {
        locks.lockPmd();
        long pmd = tables.getAndClear(pmdOffset);
        gather.flushTable(virtualAddress);
        locks.unlockPmd();
        return pmd;
    }

    /** Drops the mapping's reference of every page that the table still maps. */
    @Mirrors("__collapse_huge_page_copy")
    private void giveUpPages(long table, long virtualAddress) {
        long base = virtualAddress & -VirtualAddress.tableSpan(0, tables.shape());
        for (int index = 0; index < tables.shape().entries(); index++) {
            long address = base + (long) index * tables.shape().bytes();
            long pte = tables.load(tables.entryOffset(table, 0, address));
            if (Pte.isPresent(pte) && tables.frameTable().put(Pte.ppn(pte), 1) == 0) {
                tables.memory().free(Pte.ppn(pte));
            }
        }
    }
}
