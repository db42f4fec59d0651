package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Shootdowns.LAZY_SKIP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.race.Race;
import dev.shootdown.race.WalkerPresence;

/**
 * Lazy TLB mode on x86 when tables came to be freed by RCU (2018).
 *
 * <p>A CPU runs a kernel thread on the tables of the last process. The flush skips it: it will flush when it switches back.
 * The table waits for a grace period, in which the lazy CPU, in no reader section, is quiescent all the time, and is freed. The
 * lazy CPU speculates from the old root, or from what its walk cache has of it, into the freed table.
 */
final class S05_LazyTlbWithRcuTables {
    private static final Race LAZY =
            Race.of(HARDWARE).where(conditions -> conditions.withPresence(WalkerPresence.LAZY));

    static final Scenario SCENARIO = Scenario.of(
            5,
            "lazy TLB with RCU tables",
            "tlb-fixes merge, 2018",
            Exhibit.broken(
                    LAZY.shootdown(LAZY_SKIP).freeing(REMOVE_TABLE),
                    "lazy CPUs are skipped, even when tables are freed",
                    freer("pmd_clear"),
                    freer("native_flush_tlb_multi, tlb_is_not_lazy"),
                    freer("tlb_remove_table_rcu"),
                    walker("translation step 2")),
            Exhibit.fixed(
                    LAZY.shootdown(S_MODE_IPI).freeing(REMOVE_TABLE),
                    "a flush after which tables are freed goes to lazy CPUs too"),
            Exhibit.nextBest(
                    LAZY.shootdown(LAZY_SKIP).freeing(TABLE_ONE_SYNC_IPI),
                    "lazy CPUs are interrupted before the free, but not told to flush"));

    private S05_LazyTlbWithRcuTables() {}
}
