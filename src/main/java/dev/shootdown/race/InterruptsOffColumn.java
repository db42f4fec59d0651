package dev.shootdown.race;

import static dev.shootdown.race.Column.ALL;
import static dev.shootdown.race.Column.EITHER_WAY;
import static dev.shootdown.race.Column.GATHER;
import static dev.shootdown.race.Column.IN_MASK;
import static dev.shootdown.race.Column.NOT_IN_MASK;
import static dev.shootdown.race.Column.PATCH;
import static dev.shootdown.race.Column.SWITCH_MM;
import static dev.shootdown.race.Column.SYNC_RCU;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.STATIC_KEY_INVERTED;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Protection.GRACE_PERIOD;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Protection.WAITED_INTERRUPT;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Column a of the truth table: interrupts off, on the hart's own address space. */
final class InterruptsOffColumn {
    private static final Set<Shootdowns> INTERRUPTING = EnumSet.of(S_MODE_IPI, LOCAL_ONLY);
    private static final Set<Shootdowns> PAST_INTERRUPTS = EnumSet.of(SBI_RFENCE);
    private static final Expectation FLUSH_WAITS =
            safe("the interrupt is taken only when the walker's interrupts are on again", PATCH);
    private static final Expectation FIRMWARE =
            unsafe("SIE does not mask M-mode: the fence completes in the middle of the walk", PATCH);
    private static final Expectation MISSED =
            unsafe("the flush does not reach a hart that is not in the mask", SWITCH_MM);
    private static final String GRACE = "a grace period waits for interrupts-off sections";

    private InterruptsOffColumn() {}

    static List<TruthTable.Row> rows() {
        Column a = new Column(FAST_GUP);
        a.add(
                List.of(FREE_BEFORE_FLUSH),
                ALL,
                EITHER_WAY,
                NOTHING,
                unsafe("freed before anybody was asked", "8246601a7d39"));
        flushThenFree(a);
        deferred(a);
        staticKey(a);
        return a.rows();
    }

    private static void flushThenFree(Column a) {
        List<Freeings> flushOnly = List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED);
        a.add(flushOnly, EnumSet.of(S_MODE_IPI), IN_MASK, WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(
                flushOnly,
                EnumSet.of(LOCAL_ONLY),
                IN_MASK,
                WAITED_INTERRUPT,
                safe("a hart that switched in is seen in the mask, or sees the cleared entry", SWITCH_MM));
        a.add(flushOnly, INTERRUPTING, NOT_IN_MASK, NOTHING, MISSED);
        a.add(flushOnly, PAST_INTERRUPTS, EITHER_WAY, NOTHING, FIRMWARE);
    }

    private static void deferred(Column a) {
        a.add(List.of(REMOVE_TABLE), ALL, EITHER_WAY, GRACE_PERIOD, safe(GRACE, GATHER));
        a.add(List.of(TABLE_ONE_SYNC_RCU), ALL, EITHER_WAY, GRACE_PERIOD, safe(GRACE, SYNC_RCU));
        a.add(
                List.of(TABLE_ONE_SYNC_IPI),
                ALL,
                EITHER_WAY,
                WAITED_INTERRUPT,
                safe(
                        "the broadcast is a waited S-mode interrupt, even where fences go by SBI",
                        "tlb_remove_table_sync_one, v6.8"));
    }

    private static void staticKey(Column a) {
        a.add(List.of(STATIC_KEY), INTERRUPTING, IN_MASK, WAITED_INTERRUPT, FLUSH_WAITS);
        a.add(List.of(STATIC_KEY), INTERRUPTING, NOT_IN_MASK, NOTHING, MISSED);
        a.add(List.of(STATIC_KEY), PAST_INTERRUPTS, EITHER_WAY, GRACE_PERIOD, safe(GRACE, PATCH));
        a.add(List.of(STATIC_KEY_INVERTED), INTERRUPTING, EITHER_WAY, GRACE_PERIOD, safe(GRACE, PATCH));
        a.add(List.of(STATIC_KEY_INVERTED), PAST_INTERRUPTS, EITHER_WAY, NOTHING, FIRMWARE);
    }
}
