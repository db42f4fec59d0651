package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;

/**
 * A dispatcher: makes other harts forget translations. This is where a new shootdown mechanism plugs in.
 *
 * <p>An implementation belongs to one machine. It may be called by several harts at once, each on its own thread; so what it
 * keeps must be words of the machine. A local fence is {@code hart.localFence(extent)}; a waited interrupt is {@code
 * ipi.call(…)} of an {@code Ipi} made in the constructor by {@code machine.ipi(…)}; what firmware does is {@code
 * hart.machineModeFence(…)}.
 */
public interface Shootdown {
    /** {@return how the fences travel: what strategies that choose at run time go by} */
    RfenceRoute route();

    /** {@return whom {@link #fence} concerns: whether anybody looks at {@code mm_cpumask} at all} */
    default Reach reach() {
        return Reach.HARTS_IN_MASK;
    }

    /**
     * Has every hart in {@code targets} fence, and returns when the mechanism says it is done; what that means is the
     * point of the whole exercise.
     *
     * @param sender the hart whose thread calls; interrupts on, not in a reader
     * @param targets a bit a hart, at least one besides the sender; the sender's own bit may be set
     * @param range what to invalidate; it changes after the call, so none of it may be kept
     */
    void fence(Hart sender, long targets, FlushRange range);
}
