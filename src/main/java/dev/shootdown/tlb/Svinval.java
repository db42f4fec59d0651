package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;

/**
 * The fence of {@code Svinval}, in three parts: many invalidations share the ordering before and after them.
 *
 * <ol>
 *   <li>{@code SFENCE.W.INVAL}: the hart's earlier stores to page tables come before the invalidations;
 *   <li>{@code SINVAL.VMA}, any number: as {@code SFENCE.VMA} with the same operands, but unordered;
 *   <li>{@code SFENCE.INVAL.IR}: the invalidations come before the hart's later walks.
 * </ol>
 */
public final class Svinval {
    private Svinval() {}

    /**
     * Invalidates one range after the other, ordered once. By the hart, or by a handler in its place. That the two outer parts are
     * needed is not to be seen here: whoever fences for another hart has been ordered after the unhook by the interrupt, and the
     * acknowledgement orders the hart's next walk. They are needed by a hart that unhooks and walks itself.
     *
     * @param hart the one that fences
     * @param fences the ranges
     */
    @Mirrors("local_sfence_w_inval, local_sinval_vma, local_sfence_inval_ir")
    public static void invalidate(Hart hart, SfenceVma... fences) {
        // SFENCE.W.INVAL: pairs with this hart's own unhook, an earlier store, if it has unhooked.
        hart.machine().words().fullFence();
        for (SfenceVma fence : fences) {
            hart.localFence(fence);
        }
        // SFENCE.INVAL.IR: pairs with the entry into the next walk (HardwareWalkSection.open).
        hart.machine().words().fullFence();
    }
}
