package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.Deposit;
import dev.shootdown.mm.DropReference;
import dev.shootdown.mm.FreeBeforeFlush;
import dev.shootdown.mm.FreeByWorker;
import dev.shootdown.mm.FreeLater;
import dev.shootdown.mm.LockAndFree;
import dev.shootdown.mm.QueueBeforeFlush;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.RemoveTable;
import dev.shootdown.mm.ReuseInPlace;
import dev.shootdown.mm.StaticKey;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.TableOneCallRcu;
import dev.shootdown.mm.TableOneSyncIpi;
import dev.shootdown.mm.TableOneSyncRcu;
import dev.shootdown.mm.TableOneUnsynchronised;
import dev.shootdown.mm.TrackerIpi;
import dev.shootdown.mm.TrackerIpi.TrackerBarrier;
import dev.shootdown.mm.WalkerWait;
import dev.shootdown.pagetable.WalkTracker;
import dev.shootdown.walk.WalkOutcome;

/** The free strategies that come with the library. */
public enum Freeings implements FreeingKind {
    /** At once, before any flush. A mistake. */
    FREE_BEFORE_FLUSH(new FreeBeforeFlush()),
    /** After the flush: {@code tlb_remove_page_ptdesc}. */
    REMOVE_PAGE(new RemovePage()),
    /** After the flush and a grace period: {@code tlb_remove_table}. */
    REMOVE_TABLE(new RemoveTable(new TableOneSyncRcu())),
    /** No memory for a batch: flush, interrupt every hart, free. */
    TABLE_ONE_SYNC_IPI(new RemoveTable(new TableOneSyncIpi()), BatchAllocation.FAILS),
    /** No memory for a batch: flush, wait for a grace period, free. */
    TABLE_ONE_SYNC_RCU(new RemoveTable(new TableOneSyncRcu()), BatchAllocation.FAILS),
    /** No memory for a batch: flush, leave the table to an RCU callback of its own, as with PT_RECLAIM. */
    TABLE_ONE_CALL_RCU(new RemoveTable(new TableOneCallRcu()), BatchAllocation.FAILS),
    /** No memory for a batch: flush, free. A mistake. */
    TABLE_ONE_UNSYNCHRONISED(new RemoveTable(new TableOneUnsynchronised()), BatchAllocation.FAILS),
    /** Interrupt every hart, free, and only then flush. A mistake: the hardware is not waited for. */
    SYNC_IPI_BEFORE_FLUSH(new TableOneSyncIpi()),
    /** Wait for a grace period, free, and only then flush. The same mistake. */
    SYNC_RCU_BEFORE_FLUSH(new TableOneSyncRcu()),
    /** Leave the table to an RCU callback of its own, which may run before the flush. The same mistake. */
    CALL_RCU_BEFORE_FLUSH(new QueueBeforeFlush(QueueBeforeFlush.Queue.CALL_RCU)),
    /** Hand the batch to RCU, which may free it before the flush. The same mistake, mended by d86564a2f085. */
    REMOVE_TABLE_BEFORE_FLUSH(new QueueBeforeFlush(QueueBeforeFlush.Queue.TABLE_BATCH)),
    /** {@link #REMOVE_PAGE} where fences go by S-mode interrupt, {@link #REMOVE_TABLE} elsewhere (69be3fb111e7). */
    STATIC_KEY(StaticKey.asMerged()),
    /** The same with the branches swapped. A mistake. */
    STATIC_KEY_INVERTED(StaticKey.inverted()),
    /** After the flush, a full barrier, and an interrupt of the harts that say they walk. */
    TRACKER_FULL_BARRIER(new TrackerIpi(TrackerBarrier.FULL)) {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return WalkTracker.addRegion(spec);
        }
    },
    /** The same with a read barrier, which does not order the unhook before the look. A mistake. */
    TRACKER_READ_BARRIER(new TrackerIpi(TrackerBarrier.READ)) {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return WalkTracker.addRegion(spec);
        }
    },

    /** Deposited after the flush; withdrawn and freed at once when its huge page goes. A mistake before 2ba99c5e0881. */
    DEPOSIT(new Deposit(WalkerWait.NOTHING), KeptTables.FREED_LATER),

    /** The same, but every hart is interrupted before the table is deposited (2ba99c5e0881). */
    DEPOSIT_SYNC_IPI(new Deposit(WalkerWait.INTERRUPT), KeptTables.FREED_LATER),

    /** The same after a grace period. */
    DEPOSIT_SYNC_RCU(new Deposit(WalkerWait.GRACE_PERIOD), KeptTables.FREED_LATER),

    /** Another address space goes on with the table after the flush: nothing is freed. */
    REUSE_IN_PLACE(new ReuseInPlace(WalkerWait.NOTHING), KeptTables.REUSED_AT_ONCE),

    /** The same, but every hart is interrupted first (1013af4f585f). */
    REUSE_IN_PLACE_SYNC_IPI(new ReuseInPlace(WalkerWait.INTERRUPT), KeptTables.REUSED_AT_ONCE),

    /** The same after a grace period. */
    REUSE_IN_PLACE_SYNC_RCU(new ReuseInPlace(WalkerWait.GRACE_PERIOD), KeptTables.REUSED_AT_ONCE),

    /** Into a pool of tables after the flush, from which any address space takes them: never to the page allocator. */
    TYPE_STABLE(new FreeLater(), KeptTables.POOLED),

    /** After the flush, and when the last walker has dropped its reference to the table. */
    TABLE_COUNT(new DropReference(), KeptTables.COUNTED),

    /** The same, but walkers do not load the parent entry again after they took the reference. A mistake. */
    TABLE_COUNT_UNCHECKED(new DropReference(), KeptTables.COUNTED_UNCHECKED),

    /** The same, but walkers take the reference without looking whether there still is one. A mistake. */
    TABLE_COUNT_BLIND(new DropReference(), KeptTables.COUNTED_BLINDLY),

    /** The same, but the count lives in the table's own descriptor. A mistake. */
    TABLE_COUNT_IN_TABLE(new DropReference(), KeptTables.COUNTED_IN_TABLE),

    /** When the address space ends, which a walker pins. */
    MM_EXIT(new FreeLater(), KeptTables.KEPT_TO_THE_END),

    /** The same, but walkers do not pin the address space. A mistake. */
    MM_EXIT_UNPINNED(new FreeLater(), KeptTables.FREED_LATER),

    /** After the flush by a worker, without a grace period (e37d5a2d60a3). */
    WORKER(new FreeByWorker(), KeptTables.LEFT_TO_A_WORKER),

    /** The same, but the table is left to the worker before the flush. A mistake under every dispatcher. */
    WORKER_BEFORE_FLUSH(new QueueBeforeFlush(QueueBeforeFlush.Queue.WORKER), KeptTables.LEFT_TO_A_WORKER),

    /** After the flush, and once under a lock that walkers hold from before their first entry. */
    LOCK(new LockAndFree(), KeptTables.LOCKED),

    /** The same, but walkers take the lock with the entry in hand that leads to the pte table. A mistake. */
    LOCK_ENTRY_BEFORE(new LockAndFree(), KeptTables.LOCKED_ENTRY_BEFORE),

    /** The same, but walkers do not take the lock. A mistake. */
    LOCK_FREER_ONLY(new LockAndFree(), KeptTables.LOCKED_BY_FREER),

    /** The same, but the lock lives in the table's own descriptor. A mistake. */
    LOCK_IN_TABLE(new LockAndFree(), KeptTables.LOCKED_IN_TABLE);

    @SuppressWarnings("ImmutableEnumChecker") // the built-in strategies have no mutable state
    private final TableFreeing strategy;

    private final BatchAllocation batchAllocation;
    private final KeptTables kept;

    Freeings(TableFreeing strategy) {
        this(strategy, BatchAllocation.SUCCEEDS, KeptTables.NONE);
    }

    Freeings(TableFreeing strategy, BatchAllocation batchAllocation) {
        this(strategy, batchAllocation, KeptTables.NONE);
    }

    Freeings(TableFreeing strategy, KeptTables kept) {
        this(strategy, BatchAllocation.SUCCEEDS, kept);
    }

    Freeings(TableFreeing strategy, BatchAllocation batchAllocation, KeptTables kept) {
        this.strategy = strategy;
        this.batchAllocation = batchAllocation;
        this.kept = kept;
    }

    @Override
    public MachineSpec prepare(MachineSpec spec) {
        return kept.prepare(spec);
    }

    @Override
    public void prepare(RaceSite site) {
        kept.prepare(site);
    }

    @Override
    public void afterwards(RaceSite site) {
        kept.afterwards(site);
    }

    @Override
    public boolean keepsTables() {
        return kept == KeptTables.POOLED || kept == KeptTables.REUSED_AT_ONCE;
    }

    @Override
    public WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
        return kept.failure(walker, ofMutator);
    }

    @Override
    public TableFreeing strategy() {
        return strategy;
    }

    @Override
    public BatchAllocation batchAllocation() {
        return batchAllocation;
    }
}
