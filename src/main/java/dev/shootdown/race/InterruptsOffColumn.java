package dev.shootdown.race;

import static dev.shootdown.race.Circumstances.anywhere;
import static dev.shootdown.race.Circumstances.over;
import static dev.shootdown.race.Column.GATHER;
import static dev.shootdown.race.Column.LAZY;
import static dev.shootdown.race.Column.PARAVIRTUAL_FLUSH;
import static dev.shootdown.race.Column.PATCH;
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
import static dev.shootdown.race.Freeings.TRACKER_FULL_BARRIER;
import static dev.shootdown.race.Freeings.TRACKER_READ_BARRIER;
import static dev.shootdown.race.Protection.ENTERS_AFTER_UNHOOK;
import static dev.shootdown.race.Protection.GRACE_PERIOD;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Protection.WAITED_INTERRUPT;
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
import static dev.shootdown.race.Walkers.FAST_GUP;

import java.util.List;

/** Column a of the truth table: interrupts off, on the hart's own address space. */
final class InterruptsOffColumn {
    /** Of a hart that a flush skips because it runs no address space of its own. */
    static final Expectation LAZY_ENTERS = safe(
            "a lazy hart has no current address space: it walks after it switched, and sees the cleared entry", LAZY);

    private static final Expectation FLUSH_WAITS =
            safe("the interrupt is taken only when the walker's interrupts are on again", PATCH);
    private static final Expectation FIRMWARE =
            unsafe("SIE does not mask M-mode: the fence completes in the middle of the walk", PATCH);
    private static final Expectation NO_INTERRUPT =
            unsafe("a message to the hardware is no interrupt: it does not wait for the walk", "718b13861d22");
    private static final Expectation SKIPPED =
            unsafe("a vCPU that was stopped in mid-walk is skipped, and walks on", PARAVIRTUAL_FLUSH);
    private static final Expectation MISSED =
            unsafe("the flush does not reach a hart that is not in the mask", SWITCH_MM);
    private static final String GRACE = "a grace period waits for interrupts-off sections";

    private InterruptsOffColumn() {}

    static List<TruthTable.Row> rows() {
        Column a = new Column(FAST_GUP);
        a.add(
                List.of(FREE_BEFORE_FLUSH),
                anywhere(),
                NOTHING,
                unsafe("freed before anybody was asked", "8246601a7d39"));
        flushThenFree(a);
        deferred(a);
        staticKey(a);
        tracked(a);
        return a.rows();
    }

    private static void flushThenFree(Column a) {
        List<Freeings> flushOnly = List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED);
        Expectation switched =
                safe("a hart that switched in is seen in the mask, or sees the cleared entry", SWITCH_MM);
        a.add(flushOnly, over(S_MODE_IPI).inMask(), WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(flushOnly, over(LAZY_SKIP).inMask().when(PRESENT), WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(flushOnly, over(LOCAL_ONLY).inMask(), WAITED_INTERRUPT, switched);
        a.add(List.of(REMOVE_PAGE), over(LOCAL_ONLY).inMaskUnordered().when(PRESENT), NOTHING, Column.BIT_BUFFERED);
        a.add(flushOnly, over(LAZY_SKIP).inMask().when(WalkerPresence.LAZY), ENTERS_AFTER_UNHOOK, LAZY_ENTERS);
        a.add(flushOnly, over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP).notInMask(), NOTHING, MISSED);
        paravirtual(a, flushOnly);
        a.add(flushOnly, over(SBI_RFENCE, SBI_RFENCE_POSTED), NOTHING, FIRMWARE);
        a.add(flushOnly, over(HARDWARE_BROADCAST, BROADCAST_UNSYNCED), NOTHING, NO_INTERRUPT);
    }

    private static void paravirtual(Column a, List<Freeings> flushOnly) {
        a.add(flushOnly, over(PARAVIRTUAL).inMask().when(PRESENT), WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(flushOnly, over(PARAVIRTUAL).inMask().when(DESCHEDULED), NOTHING, SKIPPED);
        a.add(flushOnly, over(PARAVIRTUAL).notInMask(), NOTHING, MISSED);
    }

    private static void deferred(Column a) {
        a.add(
                List.of(REMOVE_TABLE),
                over(LOCAL_ONLY).inMaskUnordered().when(PRESENT),
                GRACE_PERIOD,
                safe(GRACE, GATHER));
        a.add(List.of(REMOVE_TABLE, REMOVE_TABLE_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        a.add(List.of(TABLE_ONE_CALL_RCU, CALL_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        a.add(List.of(TABLE_ONE_SYNC_RCU, SYNC_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, SYNC_RCU));
        a.add(
                List.of(TABLE_ONE_SYNC_IPI, SYNC_IPI_BEFORE_FLUSH),
                anywhere(),
                WAITED_INTERRUPT,
                safe(
                        "the broadcast is a waited S-mode interrupt, even where fences go by SBI",
                        "tlb_remove_table_sync_one, v6.8"));
    }

    private static void tracked(Column a) {
        String proposal = "proposed in 2026, never merged";
        Expectation seen = safe("walker and freer have a full barrier each: one of them sees the other", proposal);
        a.add(List.of(TRACKER_FULL_BARRIER), anywhere(), WAITED_INTERRUPT, seen);
        a.add(
                List.of(TRACKER_READ_BARRIER),
                over(BROADCAST_UNSYNCED),
                NOTHING,
                new Expectation(
                        FailsFrom.TSO, "the unhook waits in a store buffer while the flags are read", proposal));
        a.add(
                List.of(TRACKER_READ_BARRIER),
                over(S_MODE_IPI, SBI_RFENCE, LOCAL_ONLY, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, PARAVIRTUAL, LAZY_SKIP),
                WAITED_INTERRUPT,
                safe("the flush has a full barrier in it, between the unhook and the look", proposal));
    }

    private static void staticKey(Column a) {
        List<Freeings> merged = List.of(STATIC_KEY);
        List<Freeings> inverted = List.of(STATIC_KEY_INVERTED);
        a.add(merged, over(S_MODE_IPI, LOCAL_ONLY).inMask(), WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(merged, over(LAZY_SKIP).inMask().when(PRESENT), WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(merged, over(LAZY_SKIP).inMask().when(WalkerPresence.LAZY), ENTERS_AFTER_UNHOOK, LAZY_ENTERS);
        a.add(merged, over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP).notInMask(), NOTHING, MISSED);
        a.add(
                merged,
                over(SBI_RFENCE, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, BROADCAST_UNSYNCED, PARAVIRTUAL),
                GRACE_PERIOD,
                safe(GRACE, PATCH));
        a.add(inverted, over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP), GRACE_PERIOD, safe(GRACE, PATCH));
        paravirtual(a, inverted);
        a.add(inverted, over(SBI_RFENCE, SBI_RFENCE_POSTED), NOTHING, FIRMWARE);
        a.add(inverted, over(HARDWARE_BROADCAST, BROADCAST_UNSYNCED), NOTHING, NO_INTERRUPT);
    }
}
