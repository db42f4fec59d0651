package dev.shootdown.race;

import dev.shootdown.memory.AllocatorMode;

/** What becomes of the frames that a race frees. */
public enum FreedFrames {
    /** They stay poisoned. */
    QUARANTINE,
    /** They come back at once as somebody else's data. */
    RECYCLED_AS_DATA,
    /** They come back at once as tables of another address space. */
    RECYCLED_AS_TABLE;

    AllocatorMode allocatorMode() {
        return this == QUARANTINE ? AllocatorMode.QUARANTINE : AllocatorMode.RECYCLE;
    }
}
