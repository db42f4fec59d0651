package dev.shootdown.hart;

/**
 * The operands of an {@code sfence.vma}.
 *
 * @param extent whether rs1 is x0 (every level, every address) or names addresses (leaf entries only)
 * @param start first virtual address of the range, if the extent is {@link FenceExtent#RANGE}
 * @param size bytes of that range
 * @param asid the address space that rs2 names, which spares global entries; or {@link #EVERY_ASID} for rs2 = x0
 */
public record SfenceVma(FenceExtent extent, long start, long size, int asid) {
    /** rs2 = x0: entries of every address space, global ones too. */
    public static final int EVERY_ASID = -1;

    private static final int ASID_SHIFT = 8;
    private static final long EXTENT_MASK = (1L << ASID_SHIFT) - 1;

    /**
     * {@return a fence for every address and every address space}
     *
     * @param extent {@link FenceExtent#RANGE} spares cached non-leaf entries
     */
    public static SfenceVma of(FenceExtent extent) {
        return new SfenceVma(extent, 0, Long.MAX_VALUE, EVERY_ASID);
    }

    /** {@return the extent and the ASID in one word, to be carried in an interrupt's arguments} */
    public long scope() {
        return extent.ordinal() | ((long) asid << ASID_SHIFT);
    }

    /**
     * {@return the fence of a {@link #scope} and a range}
     *
     * @param scope extent and ASID
     * @param start first virtual address
     * @param size bytes
     */
    public static SfenceVma of(long scope, long start, long size) {
        return new SfenceVma(FenceExtent.of(scope & EXTENT_MASK), start, size, (int) (scope >> ASID_SHIFT));
    }
}
