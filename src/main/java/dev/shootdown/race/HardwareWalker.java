package dev.shootdown.race;

import dev.shootdown.walk.HardwareWalk;
import dev.shootdown.walk.MemoryAccess;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;

/**
 * A program that the hardware walks for, until one of its accesses faults. One that is there all along prefetches, loads and
 * stores. A vCPU is descheduled between two accesses. A lazy hart speculates, on the page and, from the pointers which that
 * left in its caches, on the next one, before it switches to the address space and stores. Between two accesses it runs other
 * instructions, for as long as the observer likes.
 *
 * <p>Speculation raises no fault: where it finds nothing mapped, the program goes on, from the pointers that it cached.
 */
final class HardwareWalker implements Walker {
    private static final MemoryAccess[] LOAD_AND_STORE = {MemoryAccess.LOAD, MemoryAccess.STORE};
    private static final MemoryAccess[] STORE_ONLY = {MemoryAccess.STORE};

    private final HardwareWalk walk;
    private final Attendance attendance;
    private final RaceObserver observer;
    private final WalkerPresence presence;
    private final long pageBytes;

    HardwareWalker(HardwareWalk walk, RaceSite site) {
        this.walk = walk;
        this.attendance = Attendance.at(site);
        this.observer = site.observer();
        this.presence = site.conditions().presence();
        this.pageBytes = site.pageBytes();
    }

    @Override
    public WalkOutcome walk(long virtualAddress) {
        WalkOutcome speculation = walk.access(virtualAddress, MemoryAccess.SPECULATION);
        return switch (presence) {
            case PRESENT -> accessAll(speculation, LOAD_AND_STORE, virtualAddress);
            case DESCHEDULED -> {
                attendance.betweenInstructions();
                yield accessAll(speculation, STORE_ONLY, virtualAddress);
            }
            case LAZY -> {
                observer.nextStep(WalkProbe.NEXT_ACCESS);
                WalkOutcome next = walk.access(virtualAddress + pageBytes, MemoryAccess.SPECULATION);
                attendance.switchTo();
                yield accessAll(next.isForbidden() ? next : speculation, STORE_ONLY, virtualAddress);
            }
        };
    }

    /** What comes after a speculation: nothing, if that came to what must not be; whether it found a page is no matter. */
    private WalkOutcome accessAll(WalkOutcome speculation, MemoryAccess[] accesses, long virtualAddress) {
        WalkOutcome outcome = speculation.isForbidden() ? speculation : WalkOutcome.TRANSLATED;
        for (MemoryAccess access : accesses) {
            if (outcome != WalkOutcome.TRANSLATED) {
                return outcome;
            }
            observer.nextStep(WalkProbe.NEXT_ACCESS);
            outcome = walk.access(virtualAddress, access);
        }
        return outcome;
    }

    @Override
    public void release() {
        // The hardware takes no reference.
    }
}
