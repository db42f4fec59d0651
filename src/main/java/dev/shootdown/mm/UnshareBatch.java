package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;

/**
 * The unmapping of a range of huge pages whose pmd tables other address spaces share ({@code __unmap_hugepage_range}): {@link
 * UnshareHugePmd} for several tables at a time.
 *
 * <ol>
 *   <li>take the file's {@code i_mmap_rwsem}, to write;
 *   <li>for each table: clear the pud, and take the address space off the table's share count;
 *   <li>flush once and, if a table has become somebody's own, interrupt every hart;
 *   <li>give the semaphore back: from here on the one that is left may use the table as it likes.
 * </ol>
 *
 * <p>The count goes down before anybody was waited for, and that does no harm: who looks at it has the semaphore. Confined to its
 * gather's hart.
 */
public final class UnshareBatch {
    private final AddressSpace mm;
    private final MmuGather gather;
    private final UnshareHugePmd sharing;
    private final Broadcasts broadcasts;

    private boolean fullyUnshared;

    /** When every hart is interrupted. */
    public enum Broadcasts {
        /** After each pud, before the share count goes down (1013af4f585f): as many as there are tables. */
        EACH_TABLE,
        /** Once, with the flush, if a table has become somebody's own (8ce720d5bd91). */
        ONCE,
        /** The same, but the flush and the interrupt come when the semaphore was given back already. A mistake. */
        AFTER_THE_SEMAPHORE
    }

    /**
     * Unmaps in {@code mm}, flushing with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param broadcasts when every hart is interrupted
     */
    public UnshareBatch(AddressSpace mm, MmuGather gather, Broadcasts broadcasts) {
        this.mm = mm;
        this.gather = gather;
        this.sharing = new UnshareHugePmd(mm, gather, UnshareHugePmd.Wait.NOBODY);
        this.broadcasts = broadcasts;
    }

    /**
     * Lets go of {@code tables} tables in a row that others share, the first of them at {@code virtualAddress}.
     *
     * @param virtualAddress first address of the first table's span
     * @param tables how many
     */
    @Mirrors("__unmap_hugepage_range")
    public void unshare(long virtualAddress, int tables) {
        sharing.semaphore().downWrite();
        gather.begin();
        fullyUnshared = false;
        for (int number = 0; number < tables; number++) {
            long address = virtualAddress
                    + number * VirtualAddress.tableSpan(1, mm.tables().shape());
            fullyUnshared |= sharing.isShared(address) && unshareOne(address);
        }
        if (broadcasts == Broadcasts.AFTER_THE_SEMAPHORE) {
            sharing.semaphore().upWrite();
            flushUnsharedTables();
        } else {
            flushUnsharedTables();
            sharing.semaphore().upWrite();
        }
        gather.finish();
    }

    /** Answers whether the table is somebody's own now. */
    @Mirrors("huge_pmd_unshare")
    private boolean unshareOne(long virtualAddress) {
        mm.tables().clear(mm.parentOf(virtualAddress, TableLevel.PMD));
        if (broadcasts == Broadcasts.EACH_TABLE) {
            gather.interruptAllHarts();
        }
        gather.unshareTable(virtualAddress, TableLevel.PMD);
        return sharing.leave(virtualAddress) == 0;
    }

    /** One flush for all; and, unless each table had its own, one interrupt, but only if somebody may reuse a table now. */
    @Mirrors("tlb_flush_unshared_tables")
    private void flushUnsharedTables() {
        gather.invalidate();
        if (fullyUnshared && broadcasts != Broadcasts.EACH_TABLE) {
            gather.interruptAllHarts();
        }
    }
}
