package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.VirtualAddress;

/**
 * {@code munmap}: clears the leaf entries of a range, unhooks the tables that nothing else needs, flushes and frees.
 *
 * <p>Confined to its gather's hart. The range must be page-aligned and in the lower half of the address space.
 */
public final class Munmap {
    private final PageTables tables;
    private final MmuGather gather;
    private final FreePgtables freePgtables;
    private final Runnable betweenZapAndFree;

    /**
     * Unmaps parts of {@code mm} with {@code gather}.
     *
     * @param mm changed by nobody else meanwhile
     * @param gather of the unmapping hart, over the same address space
     */
    public Munmap(AddressSpace mm, MmuGather gather) {
        this(mm, gather, () -> {});
    }

    /**
     * Unmaps parts of {@code mm} with {@code gather}.
     *
     * @param mm whose pages go
     * @param gather frees them and their tables, on the same hart
     * @param betweenZapAndFree takes the time that a kernel spends on its mappings' records there; on the caller's thread
     */
    public Munmap(AddressSpace mm, MmuGather gather, Runnable betweenZapAndFree) {
        this.tables = mm.tables();
        this.gather = gather;
        this.freePgtables = new FreePgtables(tables, gather);
        this.betweenZapAndFree = betweenZapAndFree;
    }

    /**
     * Unmaps {@code start} to {@code end}.
     *
     * @param start first virtual address, a multiple of the page size
     * @param end first virtual address after the range
     * @param floor end of the mapping below, 0 if there is none
     * @param ceiling start of the mapping above, 0 if there is none
     * @throws IllegalArgumentException if the range is empty, not aligned or not between floor and ceiling
     */
    @Mirrors("unmap_region")
    public void unmap(long start, long end, long floor, long ceiling) {
        check(start, end, floor, ceiling);
        gather.begin();
        zapBelow(tables.rootFrame(), tables.mode().rootLevel(), start, end);
        betweenZapAndFree.run();
        freePgtables.free(start, end, floor, ceiling);
        gather.finish();
    }

    /** Clears the leaf entries of the range below {@code table}. */
    @Mirrors("unmap_page_range, zap_pte_range")
    private void zapBelow(long table, int level, long start, long end) {
        long span = VirtualAddress.entrySpan(level, tables.shape());
        for (long from = start & -span; from < end; from += span) {
            long offset = tables.entryOffset(table, level, from);
            long entry = tables.load(offset);
            switch (Pte.decode(entry)) {
                case TABLE -> zapBelow(Pte.ppn(entry), level - 1, Math.max(start, from), Math.min(end, from + span));
                case LEAF -> gather.removeLeaf(Pte.ppn(tables.getAndClear(offset)), from, level);
                case NOT_PRESENT -> {}
                case RESERVED ->
                    throw new IllegalStateException("bad entry 0x" + Long.toHexString(entry) + " for 0x"
                            + Long.toHexString(from) + " at level " + level);
            }
        }
    }

    private void check(long start, long end, long floor, long ceiling) {
        long offsetMask = tables.shape().bytes() - 1L;
        boolean aligned = ((start | end | floor | ceiling) & offsetMask) == 0;
        boolean ordered = 0 <= floor && floor <= start && start < end && (ceiling == 0 || end <= ceiling);
        boolean inside = end <= 1L << (VirtualAddress.bits(tables.mode(), tables.shape()) - 1);
        if (!aligned || !ordered || !inside) {
            throw new IllegalArgumentException(String.format(
                    "cannot unmap 0x%x..0x%x between floor 0x%x and ceiling 0x%x: want page-aligned addresses of the lower"
                            + " half of %s, floor <= start < end <= ceiling",
                    start, end, floor, ceiling, tables.mode()));
        }
    }
}
