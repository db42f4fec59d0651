package dev.shootdown.riscv;

/** How large a page table, and so a page frame, is. */
public enum TableShape {
    /** The architecture's own: 512 entries of 8 bytes, 4 KiB. */
    ARCHITECTURAL(12, 9),
    /** One cache line: 8 entries of 8 bytes, 64 bytes. The page offset shrinks to 6 bits with it. */
    COMPACT(6, 3);

    private final int pageShift;
    private final int indexBits;

    TableShape(int pageShift, int indexBits) {
        this.pageShift = pageShift;
        this.indexBits = indexBits;
    }

    /** Bits of the page offset: a frame has {@code 1 << pageShift()} bytes. */
    public int pageShift() {
        return pageShift;
    }

    /** Bits of one VPN field: a table has {@code 1 << indexBits()} entries. */
    public int indexBits() {
        return indexBits;
    }

    /** Entries of one table, each a 64-bit word. */
    public int entries() {
        return 1 << indexBits;
    }

    /** Bytes of a table, which is also the size of a frame and of a base page. */
    public int bytes() {
        return 1 << pageShift;
    }
}
