package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.mm.Collapse;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.Munmap;
import dev.shootdown.mm.Populate;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;
import java.util.EnumSet;
import java.util.Set;

/** The mutators that come with the library. */
public enum Mutators implements MutatorKind {
    /** Unmaps the only page, or the page of each walker, so that its tables go too, up to the victim's level. */
    MUNMAP {
        @Override
        public void prepare(RaceSite site) {
            for (long page = site.address(); page < site.endOfPages(); page += site.pageBytes()) {
                site.mm().map(page);
            }
        }

        @Override
        public Mutator on(RaceSite site) {
            Munmap munmap = new Munmap(site.mm(), site.gather(), site.observer()::unhooks);
            long span = VirtualAddress.tableSpan(
                    site.conditions().victim().level(), site.tables().shape());
            long floor = site.address() & -span;
            return () -> munmap.unmap(site.address(), site.endOfPages(), floor, floor + span);
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return conditions.freedFrames() == FreedFrames.QUARANTINE
                    ? WalkOutcome.READ_FREED_TABLE
                    : WalkOutcome.READ_RECYCLED_TABLE;
        }

        // A recycled table can still be caught between its free and its new contents.
        @Override
        public Set<WalkOutcome> possibleFailures(RaceConditions conditions) {
            return Set.copyOf(EnumSet.of(WalkOutcome.READ_FREED_TABLE, failure(conditions)));
        }
    },
    /** Unmaps one page of two: the page goes, the table stays. */
    MUNMAP_PARTIAL {
        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
            site.mm().map(site.address() + site.pageBytes());
        }

        @Override
        public Mutator on(RaceSite site) {
            Munmap munmap = new Munmap(site.mm(), site.gather());
            long end = site.address() + site.pageBytes();
            return () -> {
                munmap.unmap(site.address(), end, site.address(), end);
                site.observer().markerPassed();
            };
        }

        @Override
        public long victimFrame(RaceSite site) {
            return site.mm().pageAt(site.address());
        }

        @Override
        public boolean cameBefore(WalkOutcome outcome, Position position) {
            return position == Position.REACHED_PAGE || !outcome.foundNothing();
        }

        @Override
        public boolean isExposed(WalkOutcome outcome, Position position) {
            return position == Position.REACHED_PAGE || !outcome.foundNothing();
        }

        @Override
        public int weakestStep(RaceConditions conditions) {
            return WalkProbe.PIN;
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.PINNED_FOREIGN_PAGE;
        }
    },
    /** Collapses the pte table: the pmd is cleared, the ptes stay, the page goes. */
    COLLAPSE {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return Collapse.addRegion(spec);
        }

        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            MmuGather gather = site.gather();
            Collapse collapse = new Collapse(site.mm(), gather);
            return () -> {
                collapse.collapse(site.address());
                site.observer().markerPassed();
            };
        }

        @Override
        public long victimFrame(RaceSite site) {
            return site.mm().pageAt(site.address());
        }

        @Override
        public int weakestStep(RaceConditions conditions) {
            return WalkProbe.PIN;
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.PINNED_FOREIGN_PAGE;
        }
    },
    /** Hooks a new pte table into an empty pmd, and maps a page into it. Frees nothing. */
    POPULATE {
        @Override
        public void prepare(RaceSite site) {
            long neighbour =
                    site.address() + VirtualAddress.entrySpan(1, site.tables().shape());
            site.mm().map(neighbour);
        }

        @Override
        public Mutator on(RaceSite site) {
            AddressSpace mm = site.mm();
            Populate populate = new Populate(mm, site.conditions().publishOrder());
            return () -> {
                populate.hookTable(site.address());
                site.observer().markerPassed();
                populate.mapPage(site.address());
            };
        }

        @Override
        public boolean freesFrames() {
            return false;
        }

        @Override
        public long victimFrame(RaceSite site) {
            return PhysicalMemory.NO_FRAME;
        }

        @Override
        public boolean cameBefore(WalkOutcome outcome, Position position) {
            return position == Position.STAYED_OUTSIDE;
        }

        @Override
        public int weakestStep(RaceConditions conditions) {
            // The window is before the table is zeroed: a walker that dawdles on its way into it comes too late.
            return WalkProbe.NOWHERE;
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.READ_UNINITIALISED_TABLE;
        }
    }
}
