package dev.shootdown.explore.faults;

import static dev.shootdown.hart.ContextWord.HARDWARE_WALK;
import static dev.shootdown.hart.ContextWord.INTERRUPTS_OFF;
import static dev.shootdown.hart.ContextWord.IN_HANDLER;
import static dev.shootdown.hart.ContextWord.MACHINE_MODE;
import static dev.shootdown.hart.ContextWord.RCU_READER;
import static dev.shootdown.hart.ContextWord.REQUESTS;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** The read-modify-writes of a hart's context word, told apart by what they do to it. */
enum ContextAccess {
    /** {@code local_irq_save}: InterruptsOff.open. */
    INTERRUPTS_GO_OFF(Form.AWAIT_AND_ADD, delta -> delta == INTERRUPTS_OFF),
    /** {@code local_irq_restore}: InterruptsOff.close. */
    INTERRUPTS_COME_ON(Form.ADD, delta -> delta == -INTERRUPTS_OFF),
    /** A sender's request: Hart.post. */
    POST(Form.OR, mask -> (mask & REQUESTS) != 0),
    /** The in-handler bit is set and the requests are taken, in one, by whoever waits for the handler: Hart.awaitHandlerRun. */
    CLAIM_BY_WAITER(Form.AWAIT_AND_CLAIM, handlerRun -> true),
    /** The same by the hart itself, whose section has ended: Hart.claim. */
    CLAIM(Form.COMPARE_AND_SET, difference -> (difference & ContextAccess.BELOW_REQUESTS) == IN_HANDLER),
    /** The in-handler bit is cleared and the run is counted, in one: Hart.runHandler. */
    ACKNOWLEDGE(Form.ADD, delta -> delta == ContextAccess.ONE_RUN - IN_HANDLER),
    /** Somebody looks who is about to free: Hart.observeContext. */
    OBSERVE(Form.ADD, delta -> delta == 0),
    /** {@code rcu_read_lock}: RcuReadLock.acquire. */
    RCU_READ_LOCK(Form.AWAIT_AND_ADD, delta -> delta == RCU_READER),
    /** {@code rcu_read_unlock}: RcuReadLock.close. */
    RCU_READ_UNLOCK(Form.ADD, delta -> delta == -RCU_READER),
    /** The hardware walker leaves an instruction boundary: HardwareWalkSection.open. */
    HARDWARE_WALK_BEGINS(Form.AWAIT_AND_ADD, delta -> delta == HARDWARE_WALK),
    /** The hardware walker is back at one: HardwareWalkSection.close. */
    HARDWARE_WALK_ENDS(Form.AND, mask -> mask == ~HARDWARE_WALK),
    /** Firmware begins to empty the hart's caches: Hart.invalidateInMachineMode. */
    MACHINE_MODE_BEGINS(Form.AWAIT_AND_ADD, delta -> delta == MACHINE_MODE),
    /** It is done: Hart.invalidateInMachineMode. */
    MACHINE_MODE_ENDS(Form.AND, mask -> mask == ~MACHINE_MODE);

    /** One acknowledged handler run, in the context word. */
    static final long ONE_RUN = 1L << 32;

    private static final long BELOW_REQUESTS = 0xFFFF;

    private final Form form;
    private final LongPredicate change;

    /** Which method of Words does it. */
    enum Form {
        COMPARE_AND_SET,
        AWAIT_AND_ADD,
        AWAIT_AND_CLAIM,
        ADD,
        OR,
        AND;

        long apply(long before, long operand) {
            return switch (this) {
                case COMPARE_AND_SET, AWAIT_AND_ADD, ADD -> before + operand;
                case OR -> before | operand;
                case AND -> before & operand;
                case AWAIT_AND_CLAIM -> throw new AssertionError("a claim stores what its update says");
            };
        }
    }

    ContextAccess(Form form, LongPredicate change) {
        this.form = form;
        this.change = change;
    }

    /**
     * The access that does this to a context word.
     *
     * @param operand what is added or masked; of a compare-and-set, the new value less the expected one
     * @throws AssertionError if there is none: then somebody does what no fault here changes
     */
    static ContextAccess of(Form form, long operand) {
        return Arrays.stream(values())
                .filter(access -> access.form == form && access.change.test(operand))
                .findFirst()
                .orElseThrow(() -> new AssertionError(form + " of a context word with 0x" + Long.toHexString(operand)));
    }

    /** What the word becomes. */
    long apply(long before, long operand) {
        return form.apply(before, operand);
    }
}
