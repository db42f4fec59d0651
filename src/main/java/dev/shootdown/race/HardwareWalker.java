package dev.shootdown.race;

import dev.shootdown.walk.HardwareWalk;
import dev.shootdown.walk.MemoryAccess;
import dev.shootdown.walk.WalkOutcome;

/** A program that the hardware walks for: a prefetch, a load and a store of one page, until one of them faults. */
final class HardwareWalker implements Walker {
    private static final MemoryAccess[] ACCESSES = MemoryAccess.values();

    private final HardwareWalk walk;

    HardwareWalker(HardwareWalk walk) {
        this.walk = walk;
    }

    @Override
    public WalkOutcome walk(long virtualAddress) {
        WalkOutcome outcome = WalkOutcome.PAGE_FAULT;
        for (MemoryAccess access : ACCESSES) {
            outcome = walk.access(virtualAddress, access);
            if (outcome != WalkOutcome.TRANSLATED) {
                return outcome;
            }
        }
        return outcome;
    }

    @Override
    public void release() {
        // The hardware takes no reference.
    }
}
