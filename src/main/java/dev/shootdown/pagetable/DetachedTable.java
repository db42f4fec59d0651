package dev.shootdown.pagetable;

/**
 * A table that was unhooked and must be freed once nobody can be in it: an obligation.
 *
 * <p>Only {@link PageTables#unhook} and {@link PageTables#detach} make one. Whoever frees or queues the table discharges it, once; an {@code MmuGather}
 * throws when a strategy returns without having done so. Confined to the thread that unhooked.
 */
public final class DetachedTable {
    private final long frameNumber;
    private final int level;
    private boolean discharged;

    DetachedTable(long frameNumber, int level) {
        this.frameNumber = frameNumber;
        this.level = level;
    }

    /** {@return the table's frame} */
    public long frameNumber() {
        return frameNumber;
    }

    /** {@return the table's level: 0 for a pte table} */
    public int level() {
        return level;
    }

    /** {@return whether somebody took the obligation over} */
    public boolean isDischarged() {
        return discharged;
    }

    /**
     * Takes the obligation over.
     *
     * @return the frame to free
     * @throws IllegalStateException if somebody had it already
     */
    public long discharge() {
        if (discharged) {
            throw new IllegalStateException(this + " was freed or queued already");
        }
        discharged = true;
        return frameNumber;
    }

    @Override
    public String toString() {
        return "detached table in frame 0x" + Long.toHexString(frameNumber) + " of level " + level;
    }
}
