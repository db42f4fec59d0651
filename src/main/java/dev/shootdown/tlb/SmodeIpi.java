package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;

/**
 * Fences by waited S-mode interrupt (IMSIC, ACLINT SSWI or CLINT): {@code on_each_cpu_mask(..., wait = true)}.
 *
 * <p>Returns only after each target took the interrupt, so after each target's interrupts-off section that could have seen
 * the old entry. A reader with interrupts on is not waited for: the interrupt runs inside it.
 */
public final class SmodeIpi implements Shootdown {
    private final Ipi flush;

    /**
     * The dispatcher of a machine.
     *
     * @param machine whose harts it fences
     */
    public SmodeIpi(Machine machine) {
        this.flush = machine.ipi((target, scope, start, size) -> target.localFence(SfenceVma.of(scope, start, size)));
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.S_MODE_IPI;
    }

    @Override
    @Mirrors("__ipi_flush_tlb_range_asid")
    public void fence(Hart sender, long targets, FlushRange range) {
        SfenceVma fence = range.sfence();
        if ((targets & sender.bit()) != 0) {
            sender.localFence(fence);
        }
        flush.call(sender, targets, fence.scope(), fence.start(), fence.size());
    }
}
