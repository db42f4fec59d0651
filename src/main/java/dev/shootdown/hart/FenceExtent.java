package dev.shootdown.hart;

/** How much an {@code sfence.vma} covers. */
public enum FenceExtent {
    /** Leaf entries of some pages (rs1 ≠ x0): cached non-leaf entries survive it. */
    RANGE,
    /** Every entry of every level (rs1 = x0). */
    EVERYTHING;

    private static final FenceExtent[] BY_CODE = values();

    /**
     * {@return the extent of that ordinal, as carried in an interrupt's arguments}
     *
     * @param code an {@code ordinal()}
     */
    public static FenceExtent of(long code) {
        return BY_CODE[(int) code];
    }
}
