package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.RwSemaphore;
import dev.shootdown.riscv.TableLevel;

/**
 * {@code retract_page_tables} and {@code collapse_pte_mapped_thp}: after a file's small pages were collapsed into a huge one, both
 * take away the pte tables that mapped them; the first in every address space that maps the file, the second later and in one. The
 * next fault maps the huge page. The first finds all ptes clear; the second gave the pages up and left the ptes, which it takes for
 * unreachable. Here they are clear for both.
 *
 * <ol>
 *   <li>take the semaphores that keep those walkers out who rely on them;
 *   <li>clear the pmd, and flush, under page-table locks or none;
 *   <li>give the table back.
 * </ol>
 *
 * <p>Tables can be walked under {@code mmap_lock}, under the file's {@code i_mmap_rwsem}, or under the {@code anon_vma}'s: one of
 * them is enough, to read. Who changes a non-leaf entry must therefore keep all kinds of walkers out, or leave the table where it
 * is until they have gone. Page-table locks are for who changes entries: none of those walkers holds one on its way down, and so
 * 8d3c106e19e8 took {@code pmd_lock} out. With faults let in, 1d65b771bc08 took it and the table's own lock again. The {@code anon_vma}'s
 * semaphore stands in no word: mappings that have one are passed over.
 *
 * <p>Confined to its gather's hart.
 */
public final class RetractTables {
    /** The semaphore of the address space. */
    public static final String MMAP_LOCK = "mmap_lock";

    /** The semaphore of the file's mappings. */
    public static final String I_MMAP = "i_mmap_rwsem";

    private final AddressSpace mm;
    private final MmuGather gather;
    private final Locks locks;
    private final PteFree pteFree;
    private final RwSemaphore mmapLock;
    private final RwSemaphore iMmap;
    private final PageTableLocks pageTableLocks;

    /** What the retraction holds. */
    public enum Locks {
        /**
         * {@code mmap_lock}, to write, and {@code pmd_lock}: walkers that come by the reverse map are not kept out. So {@code
         * collapse_pte_mapped_thp}, until 8d3c106e19e8.
         */
        MMAP_LOCK_ALONE,
        /** Both semaphores, to write: {@code retract_page_tables} from the start, {@code collapse_pte_mapped_thp} since 8d3c106e19e8. */
        MMAP_LOCK_AND_I_MMAP,
        /** {@code i_mmap_rwsem}, to read, {@code pmd_lock} and the table's lock: no walker is kept out (1d65b771bc08). */
        I_MMAP_TO_READ
    }

    /**
     * Retracts tables of {@code mm}, flushing with {@code gather}.
     *
     * @param mm whose tables go
     * @param gather of the unmapping hart, over the same address space
     * @param locks what is held
     * @param release how the table is freed
     */
    public RetractTables(AddressSpace mm, MmuGather gather, Locks locks, PteRelease release) {
        Machine machine = gather.hart().machine();
        this.mm = mm;
        this.gather = gather;
        this.locks = locks;
        this.pteFree = new PteFree(gather.hart(), mm, release);
        this.mmapLock = new RwSemaphore(machine, MMAP_LOCK);
        this.iMmap = new RwSemaphore(machine, I_MMAP);
        this.pageTableLocks = new PageTableLocks(machine);
    }

    /**
     * {@return the description with both semaphores and the page-table locks}
     *
     * @param spec the machine so far, with all its frames
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return PageTableLocks.addRegion(RwSemaphore.addRegion(RwSemaphore.addRegion(spec, MMAP_LOCK), I_MMAP));
    }

    /**
     * Retracts the pte table for {@code virtualAddress}.
     *
     * @param virtualAddress any address that the table translates
     */
    public void retract(long virtualAddress) {
        switch (locks) {
            case MMAP_LOCK_ALONE -> underMmapLock(virtualAddress);
            case MMAP_LOCK_AND_I_MMAP -> underBothSemaphores(virtualAddress);
            case I_MMAP_TO_READ -> underPageTableLocks(virtualAddress);
        }
    }

    @Mirrors("collapse_pte_mapped_thp")
    private void underMmapLock(long virtualAddress) {
        mmapLock.downWrite();
        gather.begin();
        pageTableLocks.lockPmd();
        DetachedTable table = clearPmdAndFlush(virtualAddress);
        pageTableLocks.unlockPmd();
        pteFree.free(table);
        gather.finish();
        mmapLock.upWrite();
    }

    @Mirrors("retract_page_tables, collapse_pte_mapped_thp")
    private void underBothSemaphores(long virtualAddress) {
        iMmap.downWrite(gather.hart());
        mmapLock.downWrite();
        gather.begin();
        pteFree.free(clearPmdAndFlush(virtualAddress));
        gather.finish();
        mmapLock.upWrite();
        iMmap.upWrite();
    }

    @Mirrors("retract_page_tables")
    private void underPageTableLocks(long virtualAddress) {
        iMmap.downRead();
        gather.begin();
        pageTableLocks.lockPmd();
        long table = mm.tableAt(virtualAddress, TableLevel.PTE);
        pageTableLocks.lockPte(table);
        DetachedTable detached = clearPmdAndFlush(virtualAddress);
        pageTableLocks.unlockPte(table);
        pageTableLocks.unlockPmd();
        pteFree.free(detached);
        gather.finish();
        iMmap.upRead();
    }

    @Mirrors("pmdp_collapse_flush")
    private DetachedTable clearPmdAndFlush(long virtualAddress) {
        DetachedTable table = mm.tables().unhook(mm.parentOf(virtualAddress, TableLevel.PTE), 0);
        gather.flushTable(virtualAddress);
        return table;
    }
}
