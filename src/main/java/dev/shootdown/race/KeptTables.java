package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.KernelTableWork;
import dev.shootdown.mm.Reuse;
import dev.shootdown.pagetable.MmUsers;
import dev.shootdown.pagetable.NextLife;
import dev.shootdown.pagetable.TableCounts;
import dev.shootdown.pagetable.TableLock;
import dev.shootdown.pagetable.TableStash;
import dev.shootdown.walk.WalkOutcome;

/** Where the tables of a strategy are between unhook and free, and what keeps walkers off them meanwhile. */
enum KeptTables {
    /** Nowhere that the race would have to know. */
    NONE,
    /** Put aside, and freed when the mutator is done with all else. */
    FREED_LATER {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableStash.addRegion(spec);
        }

        @Override
        void afterwards(RaceSite site) {
            TableStash kept = stash(site);
            for (long table = kept.take(); table != PhysicalMemory.NO_FRAME; table = kept.take()) {
                site.machine().memory().free(table);
            }
        }
    },
    /** On a worker's list: of a worker on a hart of its own, if the race has one, or else of the mutator's, later. */
    LEFT_TO_A_WORKER {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return KernelTableWork.addRegion(spec);
        }

        @Override
        void afterwards(RaceSite site) {
            KernelTableWork work = new KernelTableWork(site.machine());
            if (!work.hasOwnHart()) {
                work.run(site.mutatorHart());
            }
        }
    },
    /** Put aside until the last user has left the address space; the mutator is one, and each walker. */
    KEPT_TO_THE_END {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return MmUsers.addRegion(spec);
        }

        @Override
        void prepare(RaceSite site) {
            MmUsers.of(site.machine()).orElseThrow().begin();
        }

        @Override
        void afterwards(RaceSite site) {
            MmUsers.of(site.machine()).orElseThrow().put();
        }
    },
    /** In a pool, from which another address space takes them. */
    POOLED {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return NextLife.addRegion(TableStash.addRegion(spec));
        }

        @Override
        void prepare(RaceSite site) {
            nextLife(site).prepare(Reuse.FOREIGN_OWNER);
        }

        @Override
        void afterwards(RaceSite site) {
            TableStash pool = stash(site);
            for (long table = pool.take(); table != PhysicalMemory.NO_FRAME; table = pool.take()) {
                nextLife(site).begin(table, Reuse.FOREIGN_OWNER);
            }
        }

        @Override
        WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
            return ofAnotherLife(walker);
        }
    },
    /** In use by another address space. */
    REUSED_AT_ONCE {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return NextLife.addRegion(spec);
        }

        @Override
        void prepare(RaceSite site) {
            nextLife(site).prepare(Reuse.FOREIGN_OWNER);
        }

        @Override
        WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
            return ofAnotherLife(walker);
        }
    },
    /** In the hands of the walkers that have a reference. */
    COUNTED {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableCounts.addRegion(spec, TableCounts.Taking.RECHECKED);
        }
    },
    /** The same, where walkers do not look again. */
    COUNTED_UNCHECKED {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableCounts.addRegion(spec, TableCounts.Taking.UNCHECKED);
        }
    },
    /** The same, where walkers take what is not there. */
    COUNTED_BLINDLY {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableCounts.addRegion(spec, TableCounts.Taking.BLIND);
        }

        @Override
        WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
            return ofTheGuard(walker, ofMutator);
        }
    },
    /** The same, where the count goes with the table. */
    COUNTED_IN_TABLE {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableCounts.addRegion(spec, TableCounts.Taking.OWN_DESCRIPTOR);
        }

        @Override
        WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
            return ofTheGuard(walker, ofMutator);
        }
    },
    /** In the hands of the walkers that have the lock. */
    LOCKED {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableLock.addRegion(spec, TableLock.Placement.ADDRESS_SPACE);
        }
    },
    /** The same, where walkers take it too late. */
    LOCKED_ENTRY_BEFORE {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableLock.addRegion(spec, TableLock.Placement.ADDRESS_SPACE_ENTRY_BEFORE);
        }
    },
    /** In nobody's hands: the freer has the lock, and walkers do not ask for it. */
    LOCKED_BY_FREER {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableLock.addRegion(spec, TableLock.Placement.ADDRESS_SPACE_FREER_ONLY);
        }
    },
    /** In the hands of the walkers that have the lock, but the lock goes with the table. */
    LOCKED_IN_TABLE {
        @Override
        MachineSpec prepare(MachineSpec spec) {
            return TableLock.addRegion(spec, TableLock.Placement.OWN_DESCRIPTOR);
        }

        @Override
        WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
            return ofTheGuard(walker, ofMutator);
        }
    };

    MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    void prepare(RaceSite site) {}

    void afterwards(RaceSite site) {}

    WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
        return ofMutator;
    }

    /** Who looks again shows it by what it pinned; who does not, by what it read. */
    private static WalkOutcome ofAnotherLife(WalkerKind walker) {
        return walker.looksAgain() ? WalkOutcome.PINNED_FOREIGN_PAGE : WalkOutcome.READ_RECYCLED_TABLE;
    }

    /** The hardware takes neither reference nor lock. */
    private static WalkOutcome ofTheGuard(WalkerKind walker, WalkOutcome ofMutator) {
        return walker.looksAgain() ? WalkOutcome.WROTE_FREED_TABLE : ofMutator;
    }

    private static TableStash stash(RaceSite site) {
        return TableStash.of(site.machine()).orElseThrow();
    }

    private static NextLife nextLife(RaceSite site) {
        return NextLife.of(site.machine()).orElseThrow();
    }
}
