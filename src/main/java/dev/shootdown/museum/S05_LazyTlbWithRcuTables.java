package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S05_LazyTlbWithRcuTables.Flush.LAZY_SKIP_UNLESS_TABLES_FREED;
import static dev.shootdown.museum.S05_LazyTlbWithRcuTables.Uninvalidated.TABLE_ONE_UNINVALIDATED;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Mutators.MUNMAP_PARTIAL;
import static dev.shootdown.race.Shootdowns.LAZY_SKIP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.race.WalkerPresence;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.LazyTlb;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;

/**
 * Lazy TLB mode on x86 when tables came to be freed by RCU (2018).
 *
 * <p>A CPU runs a kernel thread on the tables of the last process. The flush skips it: it will flush when it switches back.
 * The table waits for a grace period, in which the lazy CPU, in no reader section, is quiescent all the time, and is freed. The
 * lazy CPU speculates from the old root, or from what its walk cache has of it, into the freed table.
 *
 * <p>Nor was there any invalidation before the free where no batch could be had for the table: every CPU, lazy or not, was
 * interrupted with nothing to do, which ends the walks of software, and the table was freed. The flush came later, too late
 * (d86564a2f085). Lazy CPUs may still be skipped, but not by a flush after which tables are freed: it says so in {@code
 * freed_tables}.
 */
final class S05_LazyTlbWithRcuTables {
    private static final String SOURCE = "tlb-fixes merge, 2018";
    private static final String INVALIDATE = "d86564a2f085";
    private static final Race LAZY =
            Race.of(HARDWARE).where(conditions -> conditions.withPresence(WalkerPresence.LAZY));
    private static final Race TOLD_OF_TABLES = LAZY.shootdown(LAZY_SKIP_UNLESS_TABLES_FREED);

    /** The flush that came to stay. */
    enum Flush implements ShootdownKind {
        /** Skips lazy harts as long as nothing but pages is freed after it. */
        LAZY_SKIP_UNLESS_TABLES_FREED;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return LazyTlb.addRegion(spec);
        }

        @Override
        public Shootdown on(Machine machine) {
            return new SkipUnlessTablesFreed(new SmodeIpi(machine), new LazyTlb(machine));
        }
    }

    private record SkipUnlessTablesFreed(SmodeIpi everybody, LazyTlb notLazyOnes) implements Shootdown {
        @Override
        public RfenceRoute route() {
            return everybody.route();
        }

        @Override
        @Mirrors("native_flush_tlb_multi, info->freed_tables")
        public void fence(Hart sender, long targets, FlushRange range) {
            Shootdown chosen = range.freedTables() ? everybody : notLazyOnes;
            chosen.fence(sender, targets, range);
        }
    }

    /** The way out of the time when there was no memory for a batch. */
    enum Uninvalidated implements FreeingKind {
        /** Interrupts every hart with nothing to do, waits, and frees, before any invalidation. */
        TABLE_ONE_UNINVALIDATED;

        @Override
        public TableFreeing strategy() {
            return new FreeUninvalidated();
        }
    }

    private record FreeUninvalidated() implements TableFreeing {
        @Override
        @Mirrors("tlb_remove_table_one (before d86564a2f085)")
        public void free(MmuGather gather, DetachedTable table) {
            gather.interruptAllHarts();
            gather.freeNow(table);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            5,
            "lazy TLB with RCU tables",
            SOURCE,
            Exhibit.broken(
                    LAZY.shootdown(LAZY_SKIP).freeing(REMOVE_TABLE),
                    "lazy CPUs are skipped, even when tables are freed",
                    freer("pmd_clear"),
                    freer("native_flush_tlb_multi, tlb_is_not_lazy"),
                    freer("tlb_remove_table_rcu"),
                    walker("translation step 2")),
            Exhibit.broken(
                    TOLD_OF_TABLES
                            .freeing(TABLE_ONE_UNINVALIDATED)
                            .expecting(Expectation.unsafe(
                                    "an interrupt with nothing to do empties no walk cache", INVALIDATE)),
                    "no batch for the table: it is freed with no invalidation before it",
                    walker("translation step 2"),
                    freer("pmd_clear"),
                    freer("tlb_remove_table_sync_one"),
                    freer("tlb_remove_table_one (before d86564a2f085)"),
                    walker("translation step 2"),
                    freer("tlb_flush_mmu_tlbonly")),
            Exhibit.fixed(
                    TOLD_OF_TABLES
                            .freeing(TABLE_ONE_SYNC_IPI)
                            .expecting(Expectation.safe("the walk cache is empty before the free", INVALIDATE)),
                    "no batch for the table: everybody invalidates, lazy or not, and then it is freed"),
            Exhibit.fixed(
                    TOLD_OF_TABLES
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe(
                                    "lazy CPUs flush at once if tables will be freed", "native_flush_tlb_multi")),
                    "a flush after which tables are freed goes to lazy CPUs too"),
            Exhibit.nextBest(
                    LAZY.against(MUNMAP_PARTIAL)
                            .shootdown(LAZY_SKIP_UNLESS_TABLES_FREED)
                            .freeing(REMOVE_PAGE)
                            .expecting(Expectation.safe(
                                    "a lazy CPU accesses no page before it has switched back, and flushed",
                                    "native_flush_tlb_multi")),
                    "the same flush where only a page is freed: lazy CPUs are skipped, and may be"),
            Exhibit.nextBest(
                    LAZY.shootdown(LAZY_SKIP).freeing(TABLE_ONE_SYNC_IPI),
                    "lazy CPUs are interrupted before the free, but not told to flush"));

    private S05_LazyTlbWithRcuTables() {}
}
