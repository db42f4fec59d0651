package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.RwSemaphore;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;

/**
 * {@code huge_pmd_unshare}: one of the address spaces that map a huge page of a file by the same pmd table lets go of that
 * table. When all others have let go, it is an ordinary table of the one that is left, who may put in it whatever it likes.
 *
 * <ol>
 *   <li>take the file's {@code i_mmap_rwsem}, to write;
 *   <li>clear the pud that leads to the table;
 *   <li>wait, or not, for walkers that have loaded the pud;
 *   <li>take the address space off the table's share count;
 *   <li>flush, and give the semaphore back.
 * </ol>
 *
 * <p>The table is not freed here, so no gather and no RCU callback ever hears of it. Confined to its gather's hart.
 */
public final class UnshareHugePmd {
    private static final String I_MMAP = "i_mmap_rwsem";
    private static final String SHARE_COUNTS = "pt_share_count";

    private final AddressSpace mm;
    private final MmuGather gather;
    private final Wait wait;
    private final Words words;
    private final RwSemaphore iMmap;
    private final long shareCounts;

    /** For whom is waited between the pud and the share count. */
    public enum Wait {
        /** For nobody but whom the flush waits for. */
        NOBODY,
        /** {@code tlb_remove_table_sync_one}: for walkers with interrupts off (1013af4f585f). */
        SYNC_ONE,
        /** {@code synchronize_rcu}. */
        GRACE_PERIOD
    }

    /**
     * Lets tables of {@code mm} go, flushing with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param wait for whom, before the table changes
     */
    public UnshareHugePmd(AddressSpace mm, MmuGather gather, Wait wait) {
        Machine machine = gather.hart().machine();
        this.mm = mm;
        this.gather = gather;
        this.wait = wait;
        this.words = machine.words();
        this.iMmap = new RwSemaphore(machine, I_MMAP);
        this.shareCounts = machine.region(SHARE_COUNTS);
    }

    /**
     * {@return the description with the semaphore, and a share count for each pud of a table, of nobody at first}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return RwSemaphore.addRegion(spec, I_MMAP)
                .withRegion(SHARE_COUNTS, spec.shape().entries());
    }

    /**
     * Maps, in this address space, the pmd table that another one has at the same address. Before anybody runs.
     *
     * @param owner whose table it is
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("huge_pmd_share")
    public void share(AddressSpace owner, long virtualAddress) {
        mm.hook(owner.tableAt(virtualAddress, TableLevel.PMD), virtualAddress, TableLevel.PMD);
        words.getAndAdd(shareCount(virtualAddress), 1);
    }

    /**
     * Lets go of the table at {@code virtualAddress}, if anybody shares it.
     *
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("huge_pmd_unshare")
    public void unshare(long virtualAddress) {
        iMmap.downWrite();
        if (isShared(virtualAddress)) {
            gather.begin();
            mm.tables().clear(mm.parentOf(virtualAddress, TableLevel.PMD));
            waitForWalkers();
            leave(virtualAddress);
            gather.flushTables(virtualAddress, TableLevel.PMD);
            gather.finish();
        }
        iMmap.upWrite();
    }

    private void waitForWalkers() {
        switch (wait) {
            case NOBODY -> {}
            case SYNC_ONE -> gather.interruptAllHarts();
            case GRACE_PERIOD -> gather.synchronizeRcu();
        }
    }

    /** Takes the address space off the count of the table's sharers, and answers how many others are left besides its owner. */
    @Mirrors("ptdesc_pmd_pts_dec")
    long leave(long virtualAddress) {
        // Opaque would do, and no test shows otherwise: who looks (isShared) has the semaphore, whose release and
        // acquire order the
        // two. A read-modify-write because several address spaces may leave.
        return words.getAndAdd(shareCount(virtualAddress), -1) - 1;
    }

    /**
     * Unmaps the huge page at {@code virtualAddress} and maps a small one of this address space's own, if it has the table for
     * itself by now.
     *
     * @param virtualAddress any address of the huge page
     */
    @Mirrors("unmap_hugepage_range, mmap_region")
    public void reuse(long virtualAddress) {
        iMmap.downWrite();
        boolean own = !isShared(virtualAddress);
        iMmap.upWrite();
        if (own) {
            gather.begin();
            long pmd = mm.tables().getAndClear(mm.parentOf(virtualAddress, TableLevel.PTE));
            gather.removeLeaf(Pte.ppn(pmd), virtualAddress, TableLevel.PMD.level());
            gather.finish();
            mm.map(virtualAddress);
        }
    }

    @Mirrors("hugetlb_pmd_shared")
    boolean isShared(long virtualAddress) {
        return words.getOpaque(shareCount(virtualAddress)) > 0;
    }

    private long shareCount(long virtualAddress) {
        TableShape shape = mm.tables().shape();
        return shareCounts + (long) VirtualAddress.index(virtualAddress, TableLevel.PUD.level(), shape) * Long.BYTES;
    }

    RwSemaphore semaphore() {
        return iMmap;
    }
}
