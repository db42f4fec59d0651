package dev.shootdown.riscv;

/**
 * How a virtual address splits into VPN fields and a page offset.
 *
 * <pre>
 *   Sv39, ARCHITECTURAL          63      39 38      30 29      21 20      12 11         0
 *                                [ = bit 38 ][ VPN[2] ][ VPN[1] ][ VPN[0] ][ page offset ]
 *   Sv39, COMPACT                63      15 14      12 11       9 8        6 5          0
 * </pre>
 */
public final class VirtualAddress {
    private VirtualAddress() {}

    /**
     * {@return the significant bits of an address: 39, 48 or 57 in the architectural shape, 15, 18 or 21 in the compact
     * one}
     *
     * @param mode says how many levels there are
     * @param shape of the tables
     */
    public static int bits(SatpMode mode, TableShape shape) {
        return shape.pageShift() + mode.levels() * shape.indexBits();
    }

    /**
     * {@return whether all bits above the significant ones equal the highest of these} An address that is not canonical
     * raises a page fault before any table is read.
     *
     * @param virtualAddress 64 bits, of which any may be set
     * @param mode says how many levels there are
     * @param shape of the tables
     */
    public static boolean isCanonical(long virtualAddress, SatpMode mode, TableShape shape) {
        int unused = Long.SIZE - bits(mode, shape);
        return (virtualAddress << unused) >> unused == virtualAddress;
    }

    /**
     * {@return VPN[level]: the index of the entry that translates {@code virtualAddress} in a table of {@code level}}
     *
     * @param virtualAddress bits above its VPN fields are ignored
     * @param level of the table, 0 for pte tables to 4
     * @param shape of the tables
     */
    public static int index(long virtualAddress, int level, TableShape shape) {
        return (int) (virtualAddress >>> shiftOf(level, shape)) & (shape.entries() - 1);
    }

    /**
     * {@return how many bytes there are of address space that one entry of a table at {@code level} covers}
     *
     * @param level of the table, 0 for pte tables to 4
     * @param shape of the tables
     */
    public static long entrySpan(int level, TableShape shape) {
        return 1L << shiftOf(level, shape);
    }

    /**
     * {@return how many bytes there are of address space that a whole table at {@code level} covers}
     *
     * @param level of the table, 0 for pte tables to 4
     * @param shape of the tables
     */
    public static long tableSpan(int level, TableShape shape) {
        return 1L << shiftOf(level + 1, shape);
    }

    private static int shiftOf(int level, TableShape shape) {
        return shape.pageShift() + level * shape.indexBits();
    }
}
