package dev.shootdown.hart;

/**
 * Waited inter-processor interrupts of one function: {@code smp_call_function_many(mask, function, ..., wait = true)}.
 *
 * <p>When {@link #call} returns, every target has run the function, with its interrupts on or in its place, since the call
 * began: stores made before the call are visible to the handlers, and what a target did in an interrupts-off section that
 * was open when the request arrived has happened. <em>Not</em> covered: readers with interrupts on, harts outside the mask,
 * sections begun after delivery.
 */
public final class Ipi {
    private final Machine machine;
    private final int function;

    Ipi(Machine machine, int function) {
        this.machine = machine;
        this.function = function;
    }

    /**
     * Interrupts {@code targets} without arguments and waits.
     *
     * @param sender the hart whose thread calls
     * @param targets a bit a hart; the sender's is ignored
     * @throws IllegalStateException if the sender has interrupts off or is inside {@code rcu_read_lock}
     */
    public void call(Hart sender, long targets) {
        call(sender, targets, 0, 0, 0);
    }

    /**
     * Interrupts the harts in {@code targets}, but not the sender, and waits until all have run the function.
     *
     * @param sender the hart whose thread calls
     * @param targets a bit a hart; bits of harts that the machine does not have are an error
     * @param first handed to the function, as are the next two
     * @param second handed to the function
     * @param third handed to the function
     * @throws IllegalStateException if the sender has interrupts off or is inside {@code rcu_read_lock}
     */
    @Mirrors("smp_call_function_many")
    public void call(Hart sender, long targets, long first, long second, long third) {
        sender.requireMayWait("an inter-processor interrupt");
        long others = machine.checkMask(targets) & ~sender.bit();
        int[] tickets = machine.ticketsOf(sender);
        for (long left = others; left != 0; left &= left - 1) {
            int target = Long.numberOfTrailingZeros(left);
            tickets[target] = machine.hart(target).post(sender, function, first, second, third);
        }
        for (long left = others; left != 0; left &= left - 1) {
            int target = Long.numberOfTrailingZeros(left);
            machine.hart(target).awaitServed(tickets[target]);
        }
    }
}
