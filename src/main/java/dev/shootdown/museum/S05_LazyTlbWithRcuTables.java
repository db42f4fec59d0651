package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S05_LazyTlbWithRcuTables.Flush.LAZY_SKIP_UNLESS_TABLES_FREED;
import static dev.shootdown.museum.S05_LazyTlbWithRcuTables.Uninvalidated.QUEUED_UNINVALIDATED;
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
 * <p>Nor was there any invalidation at all when a batch of tables was full: it was handed to RCU while unmapping went on, and the
 * flush that comes last could be later than the end of the grace period (d86564a2f085). Lazy CPUs may still be skipped, but not by
 * a flush after which tables are freed: it says so in {@code freed_tables}.
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

    /** A batch of the time that is full with one table. */
    enum Uninvalidated implements FreeingKind {
        /** Handed to RCU with no invalidation, and a grace period passes before unmapping is done. */
        QUEUED_UNINVALIDATED;

        @Override
        public TableFreeing strategy() {
            return new FreeUninvalidated();
        }
    }

    private record FreeUninvalidated() implements TableFreeing {
        @Override
        @Mirrors("tlb_table_flush (before d86564a2f085)")
        public void free(MmuGather gather, DetachedTable table) {
            gather.synchronizeRcu();
            gather.freeNow(table);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            5,
            "lazy TLB with RCU tables",
            SOURCE,
            Actor.cast(
                    "the page-table walker of a CPU that runs a kernel thread on the process's tables",
                    "a thread of the process, which unmaps"),
            Exhibit.broken(
                    LAZY.shootdown(LAZY_SKIP).freeing(REMOVE_TABLE),
                    "lazy CPUs are skipped, even when tables are freed",
                    freer("pmd_clear"),
                    freer("native_flush_tlb_multi, tlb_is_not_lazy"),
                    freer("tlb_remove_table_rcu"),
                    walker("translation step 2")),
            Exhibit.broken(
                    TOLD_OF_TABLES
                            .freeing(QUEUED_UNINVALIDATED)
                            .expecting(Expectation.unsafe("no grace period empties a page-walk cache", INVALIDATE)),
                    "a full batch is queued with no invalidation: the flush comes after the free",
                    walker("translation step 2"),
                    freer("pmd_clear"),
                    freer("tlb_table_flush (before d86564a2f085)"),
                    freer("__tlb_remove_table"),
                    walker("translation step 2"),
                    freer("tlb_flush_mmu_tlbonly")),
            Exhibit.fixed(
                    TOLD_OF_TABLES
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe(
                                    "lazy CPUs flush at once if tables will be freed", "native_flush_tlb_multi")),
                    "tables are invalidated before they are queued, and on lazy CPUs too"),
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
