package dev.shootdown.race;

import static dev.shootdown.race.Column.ALL;
import static dev.shootdown.race.Column.EITHER_WAY;
import static dev.shootdown.race.Column.GATHER;
import static dev.shootdown.race.Column.PATCH;
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
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.RCU_WALK;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Column b of the truth table: {@code rcu_read_lock} only, interrupts on. */
final class RcuColumn {
    private static final Set<Shootdowns> INTERRUPTING = EnumSet.of(S_MODE_IPI, LOCAL_ONLY);
    private static final Set<Shootdowns> PAST_INTERRUPTS = EnumSet.of(SBI_RFENCE);
    private static final Expectation INSIDE =
            unsafe("interrupts are on: the shootdown completes inside the reader", "e86fc1a3a3e9");
    private static final String GRACE = "a grace period waits for rcu_read_lock";

    private RcuColumn() {}

    static List<TruthTable.Row> rows() {
        Column b = new Column(RCU_WALK);
        b.add(
                List.of(FREE_BEFORE_FLUSH),
                ALL,
                EITHER_WAY,
                NOTHING,
                unsafe("freed before anybody was asked", "8246601a7d39"));
        List<Freeings> waitsForInterruptsAtMost = List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED, TABLE_ONE_SYNC_IPI);
        b.add(waitsForInterruptsAtMost, ALL, EITHER_WAY, NOTHING, INSIDE);
        b.add(List.of(REMOVE_TABLE), ALL, EITHER_WAY, GRACE_PERIOD, safe(GRACE, GATHER));
        b.add(List.of(TABLE_ONE_SYNC_RCU), ALL, EITHER_WAY, GRACE_PERIOD, safe(GRACE, SYNC_RCU));
        b.add(List.of(STATIC_KEY), INTERRUPTING, EITHER_WAY, NOTHING, INSIDE);
        b.add(List.of(STATIC_KEY), PAST_INTERRUPTS, EITHER_WAY, GRACE_PERIOD, safe(GRACE, PATCH));
        b.add(List.of(STATIC_KEY_INVERTED), INTERRUPTING, EITHER_WAY, GRACE_PERIOD, safe(GRACE, PATCH));
        b.add(List.of(STATIC_KEY_INVERTED), PAST_INTERRUPTS, EITHER_WAY, NOTHING, INSIDE);
        return b.rows();
    }
}
