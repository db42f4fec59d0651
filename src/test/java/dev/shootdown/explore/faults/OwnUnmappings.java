package dev.shootdown.explore.faults;

import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.WalkOutcome;

/** Writers that take a pte table away in steps of their own, in the right order and in wrong ones. The page stays mapped. */
enum OwnUnmappings implements MutatorKind {
    /** Unhook, flush, free. */
    UNHOOK_FLUSH_FREE {
        @Override
        Mutator with(UnmappingSteps steps) {
            return () -> {
                DetachedTable table = steps.unhook();
                steps.flush();
                steps.free(table);
            };
        }
    },
    /** The flush comes too early: a walk that begins between it and the unhook is waited for by nobody. */
    FLUSH_UNHOOK_FREE {
        @Override
        Mutator with(UnmappingSteps steps) {
            return () -> {
                steps.flush();
                DetachedTable table = steps.unhook();
                steps.free(table);
            };
        }
    },
    /** Unhook, flush, grace period, free. */
    UNHOOK_FLUSH_GRACE_FREE {
        @Override
        Mutator with(UnmappingSteps steps) {
            return () -> {
                DetachedTable table = steps.unhook();
                steps.flush();
                steps.gracePeriod();
                steps.free(table);
            };
        }
    },
    /** The grace period begins, and ends, before the table is unhooked. */
    GRACE_UNHOOK_FLUSH_FREE {
        @Override
        Mutator with(UnmappingSteps steps) {
            return () -> {
                steps.gracePeriod();
                DetachedTable table = steps.unhook();
                steps.flush();
                steps.free(table);
            };
        }
    };

    abstract Mutator with(UnmappingSteps steps);

    @Override
    public void prepare(RaceSite site) {
        site.mm().map(site.address());
    }

    @Override
    public Mutator on(RaceSite site) {
        return with(new UnmappingSteps(site));
    }

    @Override
    public WalkOutcome failure(RaceConditions conditions) {
        return WalkOutcome.READ_FREED_TABLE;
    }
}
