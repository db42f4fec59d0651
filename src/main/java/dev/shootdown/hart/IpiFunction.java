package dev.shootdown.hart;

/** What an inter-processor interrupt runs on its target: {@code smp_call_func_t} with three words of argument. */
@FunctionalInterface
public interface IpiFunction {
    /** The empty function: only the interrupt itself matters. */
    IpiFunction NOTHING = (target, first, second, third) -> {};

    /**
     * Runs on {@code target}, with its interrupts off, by whichever thread delivers the interrupt.
     *
     * @param target the interrupted hart, whose thread need not be the caller
     * @param first as given to {@link Ipi#call}
     * @param second as given to {@link Ipi#call}
     * @param third as given to {@link Ipi#call}
     */
    void run(Hart target, long first, long second, long third);
}
