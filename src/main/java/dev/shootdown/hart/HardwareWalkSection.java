package dev.shootdown.hart;

/**
 * One walk by a hart's hardware page-table walker: the time between two instruction boundaries, in which the hart cannot
 * trap, not even to M-mode. Confined to the hart's thread.
 */
public final class HardwareWalkSection implements AutoCloseable {
    private final Hart hart;

    HardwareWalkSection(Hart hart) {
        this.hart = hart;
    }

    HardwareWalkSection open() {
        // Full barrier: the walk's reads come after the entry; pairs with Hart.machineModeFence's observation.
        long before = hart.words().getAndBitwiseOr(hart.contextOffset(), ContextWord.HARDWARE_WALK);
        if ((before & ContextWord.HARDWARE_WALK) != 0) {
            throw new IllegalStateException(hart + " is in a hardware walk already " + ContextWord.describe(before));
        }
        return this;
    }

    @Override
    public void close() {
        // Full barrier: the walk's reads come before the boundary; pairs with Hart.machineModeFence's wait.
        hart.words().getAndBitwiseAnd(hart.contextOffset(), ~ContextWord.HARDWARE_WALK);
    }
}
