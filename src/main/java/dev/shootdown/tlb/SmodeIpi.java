package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;
import java.util.function.BiConsumer;

/**
 * Fences by waited S-mode interrupt (IMSIC, ACLINT SSWI or CLINT): {@code on_each_cpu_mask(..., wait = true)}.
 *
 * <p>Returns only after each target took the interrupt, so after each target's interrupts-off section that could have seen
 * the old entry. A reader with interrupts on is not waited for: the interrupt runs inside it.
 */
public final class SmodeIpi implements Shootdown {
    private final Ipi flush;
    private final BiConsumer<Hart, SfenceVma> localFence;

    /**
     * The dispatcher of a machine.
     *
     * @param machine whose harts it fences
     */
    public SmodeIpi(Machine machine) {
        this(machine, Hart::localFence);
    }

    /**
     * One whose harts have another way to fence, such as {@link Svinval}.
     *
     * @param machine whose harts it fences
     * @param localFence what a hart does to forget what a fence covers, by itself or by a handler in its place
     */
    public SmodeIpi(Machine machine, BiConsumer<Hart, SfenceVma> localFence) {
        this.localFence = localFence;
        this.flush = machine.ipi(
                (target, scope, start, size) -> localFence.accept(target, SfenceVma.of(scope, start, size)));
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
            localFence.accept(sender, fence);
        }
        flush.call(sender, targets, fence.scope(), fence.start(), fence.size());
    }
}
