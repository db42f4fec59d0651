package dev.shootdown.tlb;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;

/**
 * What an {@code mmu_gather} has to invalidate: a range of virtual addresses that widens, the smallest stride in it, and
 * whether tables were among what was unhooked: to be freed, or left to others who shared them.
 *
 * <p>Confined to the gathering hart's thread until it is handed to a dispatcher, which reads it.
 */
public final class FlushRange {
    /**
     * Strides (cleared entries) above which everything is flushed rather than page by page: {@code
     * tlb_flush_all_threshold}.
     */
    public static final int FLUSH_ALL_THRESHOLD = 64;

    private long start;
    private long end;
    private long stride;
    private boolean freedTables;
    private boolean unsharedTables;
    private final int asid;

    /** An empty range, in every address space. */
    public FlushRange() {
        this(SfenceVma.EVERY_ASID);
    }

    /**
     * An empty range of the address space with that ASID.
     *
     * @param asid 0 to 32,767, or {@link SfenceVma#EVERY_ASID}
     */
    public FlushRange(int asid) {
        this.asid = asid;
        reset();
    }

    /** Empties the range. */
    @Mirrors("__tlb_reset_range")
    public void reset() {
        start = Long.MAX_VALUE;
        end = 0;
        stride = Long.MAX_VALUE;
        freedTables = false;
        unsharedTables = false;
    }

    /**
     * Adds {@code span} bytes from {@code address}, cleared entry by entry of {@code entrySpan} bytes each.
     *
     * @param address first virtual address of the span
     * @param span bytes
     * @param entrySpan bytes that each of the cleared entries covered
     */
    @Mirrors("__tlb_adjust_range")
    public void widen(long address, long span, long entrySpan) {
        start = Math.min(start, address);
        end = Math.max(end, address + span);
        stride = Math.min(stride, entrySpan);
    }

    /**
     * Adds the span of a table that was unhooked: non-leaf entries must go too.
     *
     * @param address first virtual address of the span
     * @param span bytes
     * @param entrySpan bytes that each of the cleared entries covered
     */
    public void widenByTable(long address, long span, long entrySpan) {
        widen(address, span, entrySpan);
        freedTables = true;
    }

    /**
     * Adds the span of a table that was unhooked here and stays in use elsewhere: non-leaf entries must go all the
     * same.
     *
     * @param address first virtual address of the span
     * @param span bytes
     * @param entrySpan bytes that each of the cleared entries covered
     */
    @Mirrors("tlb_unshare_pmd_ptdesc")
    public void widenByUnsharedTable(long address, long span, long entrySpan) {
        widen(address, span, entrySpan);
        unsharedTables = true;
    }

    /** {@return whether there is nothing to invalidate} */
    public boolean isEmpty() {
        return end == 0;
    }

    /** {@return the first virtual address; meaningless in an empty range} */
    public long start() {
        return start;
    }

    /** {@return the bytes between the first address and the end} */
    public long size() {
        return end - start;
    }

    /** {@return the bytes that the smallest cleared entry covered} */
    public long stride() {
        return stride;
    }

    /** {@return whether a table was unhooked: then a leaf-only fence is not enough (97cf301fa42e)} */
    public boolean freedTables() {
        return freedTables;
    }

    /**
     * {@return whether a table was unhooked that stays in use elsewhere: then a leaf-only fence is not enough either
     * (c2ff4764e03e)}
     */
    public boolean unsharedTables() {
        return unsharedTables;
    }

    /** {@return the fence that invalidates the range} */
    public SfenceVma sfence() {
        return new SfenceVma(extent(), start(), size(), asid);
    }

    /** {@return how much a fence has to cover: everything if tables were unhooked or the range has too many strides} */
    @Mirrors("local_flush_tlb_range_threshold_asid")
    public FenceExtent extent() {
        boolean manyStrides = (size() + stride - 1) / stride > FLUSH_ALL_THRESHOLD;
        return freedTables || unsharedTables || manyStrides ? FenceExtent.EVERYTHING : FenceExtent.RANGE;
    }
}
