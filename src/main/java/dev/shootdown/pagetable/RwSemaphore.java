package dev.shootdown.pagetable;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/**
 * {@code struct rw_semaphore}, as far as its users can tell: many readers or one writer, in one word, waiting bounded.
 *
 * <pre>
 *   bit 0      a writer has it
 *   bits 1 …   readers
 * </pre>
 *
 * <p>Whoever waits here has interrupts on and is in no reader section. Not fair: a writer can wait as long as readers come.
 */
public final class RwSemaphore {
    private static final long WRITER = 1;
    private static final long READER = 2;
    private static final long ANYBODY = 0xFFFF;

    private final Words words;
    private final long offset;

    /**
     * The semaphore of that name, on a machine whose description went through {@link #addRegion}.
     *
     * @param machine the one whose image holds it
     * @param name as its region is called
     */
    public RwSemaphore(Machine machine, String name) {
        this.words = machine.words();
        this.offset = machine.region(name);
    }

    /**
     * {@return the description with a semaphore, free at first}
     *
     * @param spec the machine so far
     * @param name not in use yet; also what its word is called in messages
     */
    public static MachineSpec addRegion(MachineSpec spec, String name) {
        return spec.withRegion(name, 1);
    }

    /** Waits until no writer has it. */
    @Mirrors("down_read")
    public void downRead() {
        // Full barrier: what is read under the semaphore comes after; pairs with upWrite.
        words.awaitAndAdd(offset, Conditions.CLEAR, WRITER, READER);
    }

    /** As {@link #downRead()}, for a hart that is about to free what a writer may be walking. */
    void downRead(Hart hart) {
        noteHolder(hart, WRITER);
        downRead();
    }

    /** Lets writers in. */
    @Mirrors("up_read")
    public void upRead() {
        // Full barrier: what was read under the semaphore comes before; pairs with downWrite.
        words.getAndAdd(offset, -READER);
    }

    /** Waits until nobody has it. */
    @Mirrors("down_write")
    public void downWrite() {
        // Full barrier: what is changed under the semaphore comes after; pairs with upRead and upWrite.
        words.awaitAndAdd(offset, Conditions.CLEAR, ANYBODY, WRITER);
    }

    /**
     * As {@link #downWrite()}, for a hart that is about to free what others may be walking under the semaphore.
     *
     * @param hart the one whose thread calls
     */
    public void downWrite(Hart hart) {
        noteHolder(hart, ANYBODY);
        downWrite();
    }

    /** Whom a hart has to wait for may be in mid-walk: for statistics only. */
    private void noteHolder(Hart hart, long holders) {
        if ((words.getOpaque(offset) & holders) != 0) {
            hart.noteWalkUnderWay();
        }
    }

    /** Lets others in. */
    @Mirrors("up_write")
    public void upWrite() {
        // Full barrier: what was changed under the semaphore comes before; pairs with downRead and downWrite.
        words.getAndAdd(offset, -WRITER);
    }
}
