package dev.shootdown.hart;

import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/**
 * A section with S-mode interrupts off, as a value: code that must not be interrupted asks for one of these.
 *
 * <p>Each hart has one, opened by {@link Hart#interruptsOff()} and closed by {@link #close()}. Sections do not nest.
 * Confined to the hart's thread.
 */
public final class InterruptsOff implements AutoCloseable {
    private final Hart hart;
    private final Words words;
    private final long context;
    private boolean open;

    InterruptsOff(Hart hart, Words words, long context) {
        this.hart = hart;
        this.words = words;
        this.context = context;
    }

    /** {@return the hart whose interrupts are off} */
    public Hart hart() {
        return hart;
    }

    /**
     * Says so if this section is not open now.
     *
     * @throws IllegalStateException if it was closed
     */
    public void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the interrupts-off section of " + hart + " is closed");
        }
    }

    /** Its hart hands over its own words and context: the first load of a section then need not be looked up here. */
    @Mirrors("local_irq_save")
    InterruptsOff open(Words words, long context) {
        if (open) {
            throw offAlready();
        }
        // Full barrier: the section's loads come after the entry. Pairs with every observation of this word on which a
        // free depends: a sender's claim (Hart.awaitHandlerRun), grace-period scan (Rcu.synchronize).
        words.awaitAndAdd(context, Conditions.CLEAR, ContextWord.IN_HANDLER, ContextWord.INTERRUPTS_OFF);
        open = true;
        return this;
    }

    private IllegalStateException offAlready() {
        return new IllegalStateException(
                "interrupts of " + hart + " are off already " + ContextWord.describe(hart.peekContext()));
    }

    /** {@code local_irq_restore}: ends the section, then takes the interrupts that arrived in it. */
    @Override
    @Mirrors("local_irq_restore")
    public void close() {
        requireOpen();
        open = false;
        // Full barrier: the section's loads come before the exit; pairs with the claim that finds interrupts on.
        long before = words.getAndAdd(context, -ContextWord.INTERRUPTS_OFF);
        hart.takeInterrupts(before - ContextWord.INTERRUPTS_OFF);
    }
}
