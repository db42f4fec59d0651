package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.ImageLayout.Region;
import dev.shootdown.rcu.Rcu;

/** Where the words of RCU stand, for faults that change what is done to them. */
final class RcuRing {
    private static final int HEADER_BYTES = 64;
    private static final int SLOT_BYTES = 16;

    private final Region region;

    RcuRing(ImageLayout layout) {
        this.region = layout.region("rcu");
    }

    /** Callbacks queued so far. */
    long tail() {
        return region.offset();
    }

    /** Callbacks run so far, and whether a poller is at work. */
    long progress() {
        return region.offset() + Long.BYTES;
    }

    long slotOf(long ticket) {
        return region.offset() + HEADER_BYTES + ticket % Rcu.CAPACITY * SLOT_BYTES;
    }

    /** Whether it is the first word of a slot, which says what to run. */
    boolean isSlot(long offset) {
        long inSlots = offset - slotOf(0);
        return inSlots >= 0 && region.contains(offset) && inSlots % SLOT_BYTES == 0;
    }
}
