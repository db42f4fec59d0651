package dev.shootdown.explore.faults;

import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.FreeingKind;

/** Strategies that the library does not have. */
enum OwnFreeings implements FreeingKind {
    /** Flushes, and gives each table an RCU callback of its own, as PT_RECLAIM does. */
    CALL_RCU_FOR_EACH {
        @Override
        public TableFreeing strategy() {
            return OwnFreeings::flushAndCallRcu;
        }
    };

    private static void flushAndCallRcu(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        gather.callRcu(table);
    }
}
