package dev.shootdown.memory;

/** What a frame is used for, as its descriptor in {@link FrameTable} says. */
public enum FrameKind {
    /** Never handed out. */
    UNUSED,
    /** A page of data, counted by references. */
    DATA,
    /** A page table that its ptdesc constructor has claimed and no destructor released. */
    TABLE,
    /** A page table after its ptdesc destructor: unhooked, not yet freed. */
    DETACHED_TABLE,
    /** Memory of the kernel's own, such as a batch of tables that wait for a grace period. */
    KERNEL,
    /** Given back. */
    FREED;

    private static final FrameKind[] BY_CODE = values();

    static FrameKind of(long code) {
        return BY_CODE[(int) code];
    }
}
