package dev.shootdown.mm;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.RcuReadLock;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import java.util.Optional;

/**
 * A page fault on anonymous memory, taken by a hart of its own while others change the same tables.
 *
 * <ol>
 *   <li>{@code pte_alloc}: where the pmd maps nothing, hook a table, under the lock of the upper levels.
 *   <li>{@code pte_offset_map_lock}: in an RCU reader load the pmd, take the lock of the table that it leads to, and load the
 *       pmd again; if it changed, give up and fault anew.
 *   <li>Where the pte still maps nothing, map a page.
 * </ol>
 *
 * <p>The faulting thread holds {@code mmap_lock}, or the lock of its vma, for reading: upper tables stay, and everybody else
 * who changes entries is another reader. Confined to its hart's thread.
 */
public final class Fault {
    private final Hart hart;
    private final AddressSpace mm;
    private final PageTables tables;
    private final PhysicalMemory memory;
    private final PageTableLocks locks;

    /**
     * Faults of {@code hart} in {@code mm}.
     *
     * @param hart the one whose thread calls
     * @param mm may be unmapped by others meanwhile
     */
    public Fault(Hart hart, AddressSpace mm) {
        this.hart = hart;
        this.mm = mm;
        this.tables = mm.tables();
        this.memory = tables.memory();
        this.locks = new PageTableLocks(hart.machine());
    }

    /** How a fault ended. */
    public enum Handled {
        /** A page was mapped. */
        MAPPED,
        /** One was mapped already: the fault was spurious. */
        SPURIOUS
    }

    /**
     * Sees to it that a page is mapped at {@code virtualAddress}, for the moment at least.
     *
     * @param virtualAddress any address of the page; the pmd table for it is there already
     * @return what there was to do
     */
    @Mirrors("handle_mm_fault")
    public Handled handle(long virtualAddress) {
        long pmdOffset = mm.parentOf(virtualAddress, TableLevel.PTE);
        long page = memory.allocate(FrameKind.DATA, tables.owner());
        Optional<Handled> handled;
        do {
            allocateTable(pmdOffset);
            handled = mapPage(pmdOffset, virtualAddress, page);
        } while (handled.isEmpty());
        return handled.get();
    }

    /** The allocation, which may sleep in the kernel and so comes first there, stands under the lock here. */
    @Mirrors("__pte_alloc")
    private void allocateTable(long pmdOffset) {
        if (Pte.isPresent(tables.load(pmdOffset))) {
            return;
        }
        locks.lockPmd();
        if (!Pte.isPresent(tables.load(pmdOffset))) {
            mm.populate(pmdOffset, PublishOrder.ZERO_THEN_RELEASE);
        }
        locks.unlockPmd();
    }

    /** Empty if the table was no longer the pmd's when its lock was taken. */
    @Mirrors("do_anonymous_page")
    private Optional<Handled> mapPage(long pmdOffset, long virtualAddress, long page) {
        try (RcuReadLock section = mm.rcu().readLock(hart)) {
            section.requireHeld();
            long pmd = tables.load(pmdOffset);
            if (!Pte.isPointer(pmd)) {
                return Optional.empty();
            }
            locks.lockPte(Pte.ppn(pmd));
            Optional<Handled> handled = tables.load(pmdOffset) == pmd
                    ? Optional.of(fill(tables.entryOffset(Pte.ppn(pmd), 0, virtualAddress), page))
                    : Optional.empty();
            locks.unlockPte(Pte.ppn(pmd));
            return handled;
        }
    }

    private Handled fill(long pteOffset, long page) {
        if (Pte.isPresent(tables.load(pteOffset))) {
            // Somebody else's fault came first: the page goes back, never mapped.
            tables.frameTable().put(page, 1);
            memory.free(page);
            return Handled.SPURIOUS;
        }
        tables.setLeaf(pteOffset, Pte.leaf(page));
        return Handled.MAPPED;
    }
}
