package dev.shootdown.mm;

import dev.shootdown.hart.Build;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.pagetable.TableLock;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;

/**
 * {@code struct mmu_gather}: collects what was unhooked, invalidates, and only then frees.
 *
 * <p>One a mutator, used again and again: {@link #begin}, any number of {@link #removeLeaf} and {@link #freeTable}, {@link
 * #finish}. The methods in the second half are what a {@link TableFreeing} builds its strategy from. Confined to its hart's
 * thread; may be used only with interrupts on and outside readers, because it waits for other harts.
 */
public final class MmuGather {
    private final Hart hart;
    private final AddressSpace mm;
    private final PageTables tables;
    private final TableFreeing freeing;
    private final Words words;
    private final PhysicalMemory memory;
    private final GatherSizes sizes;
    private final FlushRange range;
    private final PageQueue pages;
    private long tableBatch = PhysicalMemory.NO_FRAME;
    private int unhookedTables;
    /** The frame of the last table that a strategy handed over; not the table, which then need not be on the heap. */
    private long accepted = PhysicalMemory.NO_FRAME;

    /**
     * A gather for {@code hart} to unmap parts of {@code mm} with.
     *
     * @param hart the one whose thread unmaps
     * @param mm what is unmapped
     * @param freeing the strategy for tables
     * @param sizes when a gather is full
     */
    public MmuGather(Hart hart, AddressSpace mm, TableFreeing freeing, GatherSizes sizes) {
        this.hart = hart;
        this.mm = mm;
        this.tables = mm.tables();
        this.freeing = freeing;
        this.words = hart.machine().words();
        this.memory = hart.machine().memory();
        this.sizes = sizes;
        this.range = new FlushRange(tables.asid());
        this.pages = new PageQueue(memory, sizes);
    }

    /** Announces that a flush will come. */
    @Mirrors("tlb_gather_mmu")
    public void begin() {
        range.reset();
        unhookedTables = 0;
        // Full barrier: the count is up before the first entry is cleared; pairs with finish's read of it by another
        // gather.
        words.getAndAdd(tables.flushPendingOffset(), 1);
    }

    /**
     * Queues a page whose leaf entry, at {@code virtualAddress} in a table of {@code level}, was cleared.
     *
     * @param frame the first one of the page
     * @param virtualAddress the page's first
     * @param level 0 for a base page
     */
    @Mirrors("tlb_remove_page")
    public void removeLeaf(long frame, long virtualAddress, int level) {
        long span = VirtualAddress.entrySpan(level, tables.shape());
        range.widen(virtualAddress & -span, span, span);
        pages.addPage(frame);
        flushIfFull();
    }

    /**
     * Has the strategy free or queue a table that was just unhooked.
     *
     * @param table discharged when this returns
     * @param virtualAddress any address that the table translated
     * @throws IllegalStateException if the strategy returns without having freed or queued it
     */
    @Mirrors("pte_free_tlb")
    public void freeTable(DetachedTable table, long virtualAddress) {
        long span = VirtualAddress.tableSpan(table.level(), tables.shape());
        range.widenByTable(virtualAddress & -span, span, span);
        unhookedTables++;
        accepted = PhysicalMemory.NO_FRAME;
        freeing.free(this, table);
        if (accepted != table.frameNumber()) {
            throw forgotten(table);
        }
    }

    private IllegalStateException forgotten(DetachedTable table) {
        String done =
                table.isDischarged() ? " discharged, but never handed over the " : " neither freed nor queued the ";
        return new IllegalStateException(freeing.getClass().getSimpleName() + done + table
                + ": hand it to removePage, batchTable, callRcu, freeNow or what keeps it otherwise");
    }

    private long accept(DetachedTable table) {
        accepted = table.discharge();
        return accepted;
    }

    /** Invalidates the span of a pte table whose parent entry was cleared, at once. */
    @Mirrors("flush_pmd_tlb_range")
    void flushTable(long virtualAddress) {
        long span = VirtualAddress.tableSpan(0, tables.shape());
        range.widenByTable(virtualAddress & -span, span, span);
        invalidate();
    }

    /** Notes that a table of that level was unhooked here and stays in use elsewhere. */
    @Mirrors("tlb_unshare_pmd_ptdesc")
    void unshareTable(long virtualAddress, TableLevel level) {
        long span = VirtualAddress.tableSpan(level.level(), tables.shape());
        range.widenByUnsharedTable(virtualAddress & -span, span, span);
    }

    /** Invalidates the span of a table of that level whose parent entry was cleared, at once. */
    @Mirrors("flush_hugetlb_tlb_range")
    void flushTables(long virtualAddress, TableLevel level) {
        long span = VirtualAddress.tableSpan(level.level(), tables.shape());
        range.widenByTable(virtualAddress & -span, span, span);
        invalidate();
    }

    /** Invalidates and frees what is left. */
    @Mirrors("tlb_finish_mmu")
    public void finish() {
        if (words.getAcquire(tables.flushPendingOffset()) > 1) {
            // Another gather cleared entries under us that it has not flushed yet: what we saw as empty may still be
            // cached.
            range.widenByTable(0, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        flushAndFree();
        tables.uncount(unhookedTables);
        words.getAndAdd(tables.flushPendingOffset(), -1);
    }

    /** Invalidates, hands the table batch to RCU, frees the pages: in this order. */
    @Mirrors("tlb_flush_mmu")
    private void flushAndFree() {
        invalidate();
        flushTables();
        pages.freeAll();
    }

    private void flushIfFull() {
        if (pages.isFull()) {
            flushAndFree();
        }
    }

    @Mirrors("tlb_table_flush")
    private void flushTables() {
        if (tableBatch != PhysicalMemory.NO_FRAME) {
            invalidate();
            queueBatch();
        }
    }

    private void queueBatch() {
        mm.tableBatch().callRcu(tableBatch);
        tableBatch = PhysicalMemory.NO_FRAME;
    }

    // ---- What a strategy is built from.

    /** Invalidates what was unhooked since the last time. */
    @Mirrors("tlb_flush_mmu_tlbonly")
    public void invalidate() {
        if (!range.isEmpty()) {
            mm.flush().flush(hart, range);
            range.reset();
        }
    }

    /**
     * Queues the table to be freed after the flush.
     *
     * @param table unhooked, not freed
     */
    @Mirrors("tlb_remove_page_ptdesc")
    public void removePage(DetachedTable table) {
        pages.addTable(accept(table));
        flushIfFull();
    }

    /**
     * Adds the table to the batch that is freed after a flush and a grace period.
     *
     * @param table unhooked, not freed
     * @return false if there is no batch and none can be allocated: the table is still the caller's
     */
    @Mirrors("tlb_remove_table")
    public boolean batchTable(DetachedTable table) {
        if (tableBatch == PhysicalMemory.NO_FRAME && !allocateBatch()) {
            return false;
        }
        if (mm.tableBatch().add(tableBatch, accept(table)) == sizes.tablesPerBatch()) {
            flushTables();
        }
        return true;
    }

    /**
     * Adds the table to the batch and hands that to RCU, whatever harts have cached. A mistake.
     *
     * @param table unhooked, not freed
     * @return false if there is no batch and none can be allocated: the table is still the caller's
     */
    @Mirrors("tlb_table_flush (before d86564a2f085)")
    public boolean batchUninvalidated(DetachedTable table) {
        if (tableBatch == PhysicalMemory.NO_FRAME && !allocateBatch()) {
            return false;
        }
        mm.tableBatch().add(tableBatch, accept(table));
        queueBatch();
        return true;
    }

    private boolean allocateBatch() {
        if (sizes.allocation() == BatchAllocation.SUCCEEDS) {
            tableBatch = mm.tableBatch().tryAllocate();
        }
        return tableBatch != PhysicalMemory.NO_FRAME;
    }

    /**
     * Frees the table after a grace period, with an RCU callback of its own.
     *
     * @param table unhooked, not freed
     */
    @Mirrors("call_rcu")
    public void callRcu(DetachedTable table) {
        mm.tableBatch().callRcuOne(accept(table));
    }

    /**
     * Frees the table at once.
     *
     * @param table unhooked, not freed
     */
    @Mirrors("__tlb_remove_table")
    public void freeNow(DetachedTable table) {
        memory.free(accept(table));
    }

    /**
     * Puts the table aside, for somebody else to take or free.
     *
     * @param table unhooked, not freed
     */
    public void putAside(DetachedTable table) {
        mm.keeping().stash().add(accept(table));
    }

    /**
     * Gives the table to another address space at once, as the table that it is: it is not freed.
     *
     * @param table unhooked, not freed
     */
    public void reuseInPlace(DetachedTable table) {
        mm.keeping().nextLife().begin(accept(table), Reuse.FOREIGN_OWNER);
    }

    /**
     * Drops the parent entry's reference to the table: it is freed with the last one.
     *
     * @param table unhooked, not freed
     */
    public void dropReference(DetachedTable table) {
        mm.keeping().counts().drop(accept(table));
    }

    /**
     * Takes the tables' lock once, which ends every walk that held it, and frees the table.
     *
     * @param table unhooked, not freed
     */
    public void passLockAndFree(DetachedTable table) {
        TableLock lock = mm.keeping().lock();
        long frame = accept(table);
        if (lock.isHeld(frame)) {
            hart.noteWalkUnderWay();
        }
        lock.lock(frame);
        lock.unlock(frame);
        lock.retire(frame);
        memory.free(frame);
    }

    /** Waits for a grace period. */
    public void synchronizeRcu() {
        mm.rcu().synchronize(hart);
    }

    /** Interrupts every other hart, in S-mode, and waits: it ends no RCU reader but those with interrupts off. */
    public void interruptAllHarts() {
        mm.interruptAllHarts(hart);
    }

    /** Interrupts, in S-mode, the harts that say they are in a lockless walk, and waits. Orders nothing before it looks. */
    public void interruptWalkingHarts() {
        mm.interruptWalkingHarts(hart);
    }

    /** Takes {@code mmap_lock} for reading and gives it back: whoever had it for writing is through. */
    public void waitForMmapWriters() {
        mm.waitForMmapWriters(hart);
    }

    /**
     * Leaves the table to a worker, who tells the IOMMUs and frees it.
     *
     * @param table unhooked, not freed
     */
    @Mirrors("pagetable_free_kernel")
    public void queueKernelTable(DetachedTable table) {
        mm.kernelTableWork().queue(accept(table));
    }

    /**
     * Frees what waits to be freed, as if this hart were interrupted here and its thread preempted: runs RCU callbacks, after a
     * grace period, and the worker unless it has a hart of its own.
     */
    public void serveQueues() {
        mm.serveQueues(hart);
    }

    /** Orders what was unhooked before whatever is loaded next. */
    @Mirrors("smp_mb")
    public void fullBarrier() {
        // Full barrier: pairs with WalkTracker.begin: either its walk sees the unhook, or its flag is seen.
        words.fullFence();
    }

    /** {@return how this machine's fences travel: {@code riscv_use_ipi_for_rfence()}} */
    public RfenceRoute route() {
        return mm.flush().shootdown().route();
    }

    /** {@return how this machine's kernel was built} */
    public Build build() {
        return hart.machine().spec().build();
    }

    /** {@return the hart that gathers} */
    public Hart hart() {
        return hart;
    }
}
