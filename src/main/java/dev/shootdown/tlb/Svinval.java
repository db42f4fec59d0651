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
    private final Tlb tlb;

    /**
     * Invalidations in {@code tlb}.
     *
     * @param tlb caches of the machine's harts
     */
    public Svinval(Tlb tlb) {
        this.tlb = tlb;
    }

    /**
     * Invalidates one range after the other, ordered once. By the hart, or by a handler in its place.
     *
     * @param hart the one that fences
     * @param fences the ranges
     */
    @Mirrors("local_sfence_w_inval, local_sinval_vma, local_sfence_inval_ir")
    public void invalidate(Hart hart, SfenceVma... fences) {
        // SFENCE.W.INVAL: pairs with the unhook, an earlier store of this hart.
        hart.machine().words().fullFence();
        for (SfenceVma fence : fences) {
            tlb.invalidate(hart, fence);
        }
        // SFENCE.INVAL.IR: pairs with the entry into the next walk (HardwareWalkSection.open).
        hart.machine().words().fullFence();
    }
}
