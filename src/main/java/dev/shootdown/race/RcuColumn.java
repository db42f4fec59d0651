package dev.shootdown.race;

import static dev.shootdown.race.Circumstances.anywhere;
import static dev.shootdown.race.Circumstances.over;
import static dev.shootdown.race.Column.BROADCAST;
import static dev.shootdown.race.Column.GATHER;
import static dev.shootdown.race.Column.LAZY;
import static dev.shootdown.race.Column.PARAVIRTUAL_FLUSH;
import static dev.shootdown.race.Column.PATCH;
import static dev.shootdown.race.Column.SBI;
import static dev.shootdown.race.Column.SWITCH_MM;
import static dev.shootdown.race.Column.SYNC_RCU;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.CALL_RCU_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.STATIC_KEY_INVERTED;
import static dev.shootdown.race.Freeings.SYNC_IPI_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.SYNC_RCU_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.TABLE_ONE_CALL_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Protection.GRACE_PERIOD;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Shootdowns.LAZY_SKIP;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE_POSTED;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.WalkerPresence.PRESENT;
import static dev.shootdown.race.Walkers.RCU_WALK;

import java.util.List;

/** Column b of the truth table: {@code rcu_read_lock} only, interrupts on. */
final class RcuColumn {
    private static final String KVM = "e86fc1a3a3e9";

    /** Over which the merged strategy frees after the flush alone, and those over which it does not. */
    private static final Circumstances INTERRUPTING = over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP);

    private static final Circumstances PAST_INTERRUPTS =
            over(SBI_RFENCE, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, BROADCAST_UNSYNCED, PARAVIRTUAL);
    private static final Expectation INSIDE =
            unsafe("interrupts are on: the interrupt is taken inside the reader, and keeps nobody waiting", KVM);
    private static final Expectation FIRMWARE =
            unsafe("firmware fences inside the reader: M-mode waits for no software", PATCH);
    private static final Expectation POSTED =
            unsafe("success means that the request was sent: nobody waits for the fence, nor for the reader", SBI);
    private static final Expectation NO_INTERRUPT =
            unsafe("a message to the hardware does not wait for a reader", "718b13861d22");
    private static final Expectation UNSYNCED =
            unsafe("nobody waits for the message to the hardware, nor for the reader", BROADCAST);
    private static final Expectation DESCHEDULED_INSIDE =
            unsafe("a vCPU that was stopped inside its reader is skipped, and reads on", PARAVIRTUAL_FLUSH);
    private static final Expectation LAZY_READER =
            unsafe("a lazy hart is skipped, and a reader needs no address space of its own", LAZY);
    private static final Expectation MISSED = unsafe(
            "the flush does not reach a hart that is not in the mask, where readers of foreign address spaces are",
            SWITCH_MM);
    private static final String GRACE = "a grace period waits for rcu_read_lock";

    private RcuColumn() {}

    static List<TruthTable.Row> rows() {
        Column b = new Column(RCU_WALK);
        b.add(
                List.of(FREE_BEFORE_FLUSH),
                anywhere(),
                NOTHING,
                unsafe("freed before anybody was asked", "8246601a7d39"));
        List<Freeings> interrupting = List.of(
                TABLE_ONE_SYNC_IPI,
                SYNC_IPI_BEFORE_FLUSH,
                Freeings.TRACKER_FULL_BARRIER,
                Freeings.TRACKER_READ_BARRIER);
        b.add(interrupting, anywhere(), NOTHING, INSIDE);
        List<Freeings> flushOnly = List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED);
        byInterrupts(b, flushOnly);
        pastInterrupts(b, flushOnly);
        deferred(b);
        unordered(b);
        byInterrupts(b, List.of(STATIC_KEY));
        pastInterrupts(b, List.of(STATIC_KEY_INVERTED));
        return b.rows();
    }

    /** What a flush that sends interrupts is to a reader. */
    private static void byInterrupts(Column b, List<Freeings> freeings) {
        b.add(freeings, over(S_MODE_IPI, LOCAL_ONLY).inMask(), NOTHING, INSIDE);
        b.add(freeings, over(LAZY_SKIP).inMask().when(PRESENT), NOTHING, INSIDE);
        b.add(freeings, over(LAZY_SKIP).inMask().when(WalkerPresence.LAZY), NOTHING, LAZY_READER);
        b.add(freeings, INTERRUPTING.notInMask(), NOTHING, MISSED);
    }

    /** What any other is. */
    private static void pastInterrupts(Column b, List<Freeings> freeings) {
        b.add(freeings, over(PARAVIRTUAL).inMask().when(PRESENT), NOTHING, INSIDE);
        b.add(freeings, over(PARAVIRTUAL).inMask().when(DESCHEDULED), NOTHING, DESCHEDULED_INSIDE);
        b.add(freeings, over(SBI_RFENCE).inMask(), NOTHING, FIRMWARE);
        b.add(freeings, over(SBI_RFENCE_POSTED).inMask(), NOTHING, POSTED);
        b.add(freeings, over(PARAVIRTUAL, SBI_RFENCE, SBI_RFENCE_POSTED).notInMask(), NOTHING, MISSED);
        b.add(freeings, over(HARDWARE_BROADCAST), NOTHING, NO_INTERRUPT);
        b.add(freeings, over(BROADCAST_UNSYNCED), NOTHING, UNSYNCED);
    }

    private static void deferred(Column b) {
        b.add(List.of(REMOVE_TABLE, REMOVE_TABLE_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        b.add(List.of(TABLE_ONE_CALL_RCU, CALL_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        b.add(List.of(TABLE_ONE_SYNC_RCU, SYNC_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, SYNC_RCU));
        b.add(List.of(STATIC_KEY), PAST_INTERRUPTS, GRACE_PERIOD, safe(GRACE, PATCH));
        b.add(List.of(STATIC_KEY_INVERTED), INTERRUPTING, GRACE_PERIOD, safe(GRACE, PATCH));
    }

    /** To a reader the barrier of a switch is no matter: whoever sees its bit does not wait for it. */
    private static void unordered(Column b) {
        Circumstances late = over(LOCAL_ONLY).inMaskUnordered().when(PRESENT);
        b.add(List.of(REMOVE_PAGE), late, NOTHING, INSIDE);
        b.add(List.of(REMOVE_TABLE), late, GRACE_PERIOD, safe(GRACE, GATHER));
    }
}
