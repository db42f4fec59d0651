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

    /** {@return how many bits the page offset has: a frame has {@code 1 << pageShift()} bytes} */
    public int pageShift() {
        return pageShift;
    }

    /** {@return how many bits one VPN field has: a table has {@code 1 << indexBits()} entries} */
    public int indexBits() {
        return indexBits;
    }

    /** {@return how many entries a table has, each a 64-bit word} */
    public int entries() {
        return 1 << indexBits;
    }

    /** {@return how many bytes a table has, which is also the size of a frame and of a base page} */
    public int bytes() {
        return 1 << pageShift;
    }
}
