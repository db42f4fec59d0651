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

    HardwareWalkSection(Hart hart) {
        this.hart = hart;
    }

    HardwareWalkSection open() {
        for (; ; ) {
            // Acquire: pairs with the end of the handler or fence; what it took out of the caches is gone.
            long before = hart.words().await(hart.contextOffset(), Conditions.CLEAR, BUSY);
            if ((before & ContextWord.HARDWARE_WALK) != 0) {
                throw new IllegalStateException(
                        hart + " is in a hardware walk already " + ContextWord.describe(before));
            }
            // Full barrier: the walk's reads come after the entry; pairs with Hart.machineModeFence's observation and
            // with the claim in Hart.deliver.
            if (hart.words().compareAndSet(hart.contextOffset(), before, before | ContextWord.HARDWARE_WALK)) {
                return this;
            }
        }
    }

    /**
     * Says so if no walk is under way.
     *
     * @throws IllegalStateException if it was closed
     */
    public void requireOpen() {
        if ((hart.peekContext() & ContextWord.HARDWARE_WALK) == 0) {
            throw new IllegalStateException("the hardware walk of " + hart + " is over");
        }
    }

    @Override
    public void close() {
        // Full barrier: the walk's reads come before the boundary; pairs with Hart.machineModeFence's wait.
        long before = hart.words().getAndBitwiseAnd(hart.contextOffset(), ~ContextWord.HARDWARE_WALK);
        if ((before & ContextWord.REQUESTS) != 0) {
            hart.takeInterrupts();
        }
    }
}
