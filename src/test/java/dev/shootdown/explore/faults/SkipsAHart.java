package dev.shootdown.explore.faults;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;

/** A flush by S-mode interrupt that leaves out one hart of the mask, the last one that is not the sender. */
final class SkipsAHart implements Shootdown {
    private final SmodeIpi exact;

    SkipsAHart(Machine machine) {
        this.exact = new SmodeIpi(machine);
    }

    @Override
    public RfenceRoute route() {
        return exact.route();
    }

    @Override
    public void fence(Hart sender, long targets, FlushRange range) {
        long skipped = Long.highestOneBit(targets & ~sender.bit());
        exact.fence(sender, targets & ~skipped, range);
    }
}
