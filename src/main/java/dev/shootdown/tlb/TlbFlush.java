package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;

/** Invalidates a range of one address space, on the harts that its mask names: {@code __flush_tlb_range}. */
public final class TlbFlush {
    private final Words words;
    private final MmCpumask mask;
    private final Shootdown shootdown;

    /**
     * Flushes for the address space of {@code mask}, through {@code shootdown}.
     *
     * @param words of the machine
     * @param mask whom to flush, where the dispatcher looks at it
     * @param shootdown carries the fences
     */
    public TlbFlush(Words words, MmCpumask mask, Shootdown shootdown) {
        this.words = words;
        this.mask = mask;
        this.shootdown = shootdown;
    }

    /** {@return the dispatcher in use} */
    public Shootdown shootdown() {
        return shootdown;
    }

    /**
     * Flushes {@code range} on whom the dispatcher reaches.
     *
     * @param sender the hart whose thread calls; interrupts on, not in a reader
     * @param range what to invalidate
     */
    @Mirrors("__flush_tlb_range")
    public void flush(Hart sender, FlushRange range) {
        switch (shootdown.reach()) {
            case HARTS_IN_MASK -> flushMask(sender, range);
            case EVERY_HART -> shootdown.fence(sender, sender.machine().allHarts(), range);
        }
    }

    /** Not at all if no hart is in the mask, locally if only the sender is, else through the dispatcher. */
    private void flushMask(Hart sender, FlushRange range) {
        // Full barrier: the unhook comes before the mask is read; pairs with MmCpumask.enter.
        words.fullFence();
        long targets = mask.harts();
        if (targets == 0) {
            return;
        }
        if ((targets & ~sender.bit()) == 0) {
            sender.localFence(range.sfence());
        } else {
            shootdown.fence(sender, targets, range);
        }
    }
}
