package dev.shootdown.race;

import static dev.shootdown.race.Circumstances.anywhere;
import static dev.shootdown.race.Circumstances.over;
import static dev.shootdown.race.Column.GATHER;
import static dev.shootdown.race.Column.PATCH;
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
import static dev.shootdown.race.Walkers.RCU_WALK;

import java.util.List;

/** Column b of the truth table: {@code rcu_read_lock} only, interrupts on. */
final class RcuColumn {
    private static final Circumstances INTERRUPTING = over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP);
    private static final Circumstances PAST_INTERRUPTS =
            over(SBI_RFENCE, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, BROADCAST_UNSYNCED, PARAVIRTUAL);
    private static final Expectation INSIDE =
            unsafe("interrupts are on: the shootdown completes inside the reader", "e86fc1a3a3e9");
    private static final String GRACE = "a grace period waits for rcu_read_lock";

    private RcuColumn() {}

    static List<TruthTable.Row> rows() {
        Column b = new Column(RCU_WALK);
        b.add(
                List.of(FREE_BEFORE_FLUSH),
                anywhere(),
                NOTHING,
                unsafe("freed before anybody was asked", "8246601a7d39"));
        List<Freeings> waitsForInterruptsAtMost = List.of(
                REMOVE_PAGE,
                TABLE_ONE_UNSYNCHRONISED,
                TABLE_ONE_SYNC_IPI,
                SYNC_IPI_BEFORE_FLUSH,
                Freeings.TRACKER_FULL_BARRIER,
                Freeings.TRACKER_READ_BARRIER);
        b.add(waitsForInterruptsAtMost, anywhere(), NOTHING, INSIDE);
        b.add(List.of(REMOVE_TABLE, REMOVE_TABLE_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        b.add(List.of(TABLE_ONE_CALL_RCU, CALL_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, GATHER));
        b.add(List.of(TABLE_ONE_SYNC_RCU, SYNC_RCU_BEFORE_FLUSH), anywhere(), GRACE_PERIOD, safe(GRACE, SYNC_RCU));
        b.add(List.of(STATIC_KEY), INTERRUPTING, NOTHING, INSIDE);
        b.add(List.of(STATIC_KEY), PAST_INTERRUPTS, GRACE_PERIOD, safe(GRACE, PATCH));
        b.add(List.of(STATIC_KEY_INVERTED), INTERRUPTING, GRACE_PERIOD, safe(GRACE, PATCH));
        b.add(List.of(STATIC_KEY_INVERTED), PAST_INTERRUPTS, NOTHING, INSIDE);
        return b.rows();
    }
}
