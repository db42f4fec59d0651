package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.FreeBeforeFlush;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.RemoveTable;
import dev.shootdown.mm.StaticKey;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.TableOneSyncIpi;
import dev.shootdown.mm.TableOneSyncRcu;
import dev.shootdown.mm.TableOneUnsynchronised;
import dev.shootdown.mm.TrackerIpi;
import dev.shootdown.mm.TrackerIpi.TrackerBarrier;
import dev.shootdown.pagetable.WalkTracker;

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
    /** No memory for a batch: flush, free. A mistake. */
    TABLE_ONE_UNSYNCHRONISED(new RemoveTable(new TableOneUnsynchronised()), BatchAllocation.FAILS),
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
    };

    @SuppressWarnings("ImmutableEnumChecker") // the built-in strategies have no mutable state
    private final TableFreeing strategy;

    private final BatchAllocation batchAllocation;

    Freeings(TableFreeing strategy) {
        this(strategy, BatchAllocation.SUCCEEDS);
    }

    Freeings(TableFreeing strategy, BatchAllocation batchAllocation) {
        this.strategy = strategy;
        this.batchAllocation = batchAllocation;
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
