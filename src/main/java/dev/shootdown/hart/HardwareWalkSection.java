package dev.shootdown.hart;

import dev.shootdown.memory.Conditions;

/**
 * One walk by a hart's hardware page-table walker: the time between two instruction boundaries, in which the hart cannot
 * trap, neither to S-mode nor to M-mode. Confined to the hart's thread.
 */
public final class HardwareWalkSection implements AutoCloseable {
    /** A trap is being handled, by this hart or in its place: no instruction that could walk runs. */
    private static final long BUSY = ContextWord.IN_HANDLER | ContextWord.MACHINE_MODE;

    private final Hart hart;
    private boolean open;

    HardwareWalkSection(Hart hart) {
        this.hart = hart;
    }

    HardwareWalkSection open() {
        if (open) {
            throw new IllegalStateException(
                    hart + " is in a hardware walk already " + ContextWord.describe(hart.peekContext()));
        }
        // Full barrier: the walk's reads come after the entry, and after the handler or fence that kept it waiting,
        // which took entries out of the caches; pairs with Hart.machineModeFence's observation and with the claim in
        // Hart.awaitHandlerRun.
        hart.words().awaitAndAdd(hart.contextOffset(), Conditions.CLEAR, BUSY, ContextWord.HARDWARE_WALK);
        open = true;
        return this;
    }

    /**
     * Says so if no walk is under way.
     *
     * @throws IllegalStateException if it was closed
     */
    public void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the hardware walk of " + hart + " is over");
        }
    }

    @Override
    public void close() {
        requireOpen();
        open = false;
        // Full barrier: the walk's reads come before the boundary; pairs with Hart.machineModeFence's wait.
        long before = hart.words().getAndBitwiseAnd(hart.contextOffset(), ~ContextWord.HARDWARE_WALK);
        hart.takeInterrupts(before & ~ContextWord.HARDWARE_WALK);
    }
}
