package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.RwSemaphore;
import dev.shootdown.riscv.TableLevel;

/**
 * {@code retract_page_tables}: after a file's small pages were collapsed into a huge one, takes away the pte tables that mapped
 * them. All their entries are clear already; the next fault maps the huge page.
 *
 * <ol>
 *   <li>take the semaphores that keep those walkers out who rely on them;
 *   <li>clear the pmd, and flush;
 *   <li>give the table back.
 * </ol>
 *
 * <p>Tables can be walked under {@code mmap_lock}, or, by way of the reverse map, under the file's {@code i_mmap_rwsem}: one of
 * them is enough, to read. Who changes a non-leaf entry must therefore keep both kinds of walkers out, or leave the table
 * where it is until they have gone. Confined to its gather's hart.
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

    /** What the retraction holds. */
    public enum Locks {
        /** {@code mmap_lock}, to write: walkers that come by the reverse map are not kept out. */
        MMAP_LOCK_ALONE,
        /** Both, to write (8d3c106e19e8). */
        MMAP_LOCK_AND_I_MMAP,
        /** {@code i_mmap_rwsem}, to read: nobody is kept out (1d65b771bc08). */
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
    }

    /**
     * {@return the description with both semaphores}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return RwSemaphore.addRegion(RwSemaphore.addRegion(spec, MMAP_LOCK), I_MMAP);
    }

    /**
     * Retracts the pte table for {@code virtualAddress}.
     *
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("retract_page_tables")
    public void retract(long virtualAddress) {
        switch (locks) {
            case MMAP_LOCK_ALONE -> underMmapLock(virtualAddress);
            case MMAP_LOCK_AND_I_MMAP -> {
                iMmap.downWrite(gather.hart());
                underMmapLock(virtualAddress);
                iMmap.upWrite();
            }
            case I_MMAP_TO_READ -> {
                iMmap.downRead();
                takeAway(virtualAddress);
                iMmap.upRead();
            }
        }
    }

    private void underMmapLock(long virtualAddress) {
        mmapLock.downWrite();
        takeAway(virtualAddress);
        mmapLock.upWrite();
    }

    private void takeAway(long virtualAddress) {
        gather.begin();
        pteFree.free(clearPmdAndFlush(virtualAddress));
        gather.finish();
    }

    @Mirrors("pmdp_collapse_flush")
    private DetachedTable clearPmdAndFlush(long virtualAddress) {
        DetachedTable table = mm.tables().unhook(mm.parentOf(virtualAddress, TableLevel.PTE), 0);
        gather.flushTable(virtualAddress);
        return table;
    }
}
