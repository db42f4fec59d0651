package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;

/**
 * Invalidation by message to every hart, without any interrupt: INVLPGB and TLBSYNC (a37259732a7d), or TLBI and DSB. With
 * the completion barrier the sender waits until every hart has invalidated, at an instruction boundary; no software walker
 * holds that off.
 */
public final class HardwareBroadcast implements Shootdown {
    private final Machine machine;

    /**
     * The dispatcher of a machine.
     *
     * @param machine whose harts it fences
     */
    public HardwareBroadcast(Machine machine) {
        this.machine = machine;
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.M_MODE;
    }

    @Override
    public Reach reach() {
        return Reach.EVERY_HART;
    }

    @Override
    @Mirrors("invlpgb_flush_user_nr_nosync, tlbsync")
    public void fence(Hart sender, long targets, FlushRange range) {
        for (long left = machine.checkMask(targets); left != 0; left &= left - 1) {
            machine.hart(Long.numberOfTrailingZeros(left)).invalidatePastInterrupts(sender, range.sfence());
        }
    }
}
