package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.pagetable.WalkTracker;
import dev.shootdown.tlb.Tlb;
import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.HardwareWalk;
import dev.shootdown.walk.PinFlags;
import dev.shootdown.walk.RcuWalk;
import dev.shootdown.walk.WalkOutcome;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The walkers that come with the library. */
public enum Walkers implements WalkerKind {
    /** Interrupts off, on the hart's own current address space: {@code get_user_pages_fast}. */
    FAST_GUP {
        @Override
        public Walker on(RaceSite site) {
            Attendance attendance = Attendance.at(site);
            FastGup gup = new FastGup(
                    site.walkerHart(),
                    site.tables(),
                    PinFlags.FOLL_GET,
                    site.conditions().recheck(),
                    attendance.observer());
            Optional<WalkTracker> tracker = WalkTracker.of(site.machine());
            if (tracker.isPresent()) {
                return new TrackedGup(site, gup, tracker.get());
            }
            return MmPinner.around(site, new Walker() {
                @Override
                public WalkOutcome walk(long virtualAddress) {
                    attendance.switchTo();
                    return gup.pin(virtualAddress);
                }

                @Override
                public void release() {
                    gup.unpin();
                }
            });
        }

        @Override
        public boolean looksAgain() {
            return true;
        }
    },
    /** {@code rcu_read_lock} only, interrupts on. */
    RCU_WALK {
        @Override
        public Walker on(RaceSite site) {
            RcuWalk walk = new RcuWalk(
                    site.walkerHart(),
                    site.rcu(),
                    site.tables(),
                    site.conditions().recheck(),
                    Attendance.at(site).observer());
            Optional<WalkTracker> tracker = WalkTracker.of(site.machine());
            return MmPinner.around(site, new Walker() {
                @Override
                public WalkOutcome walk(long virtualAddress) {
                    tracker.ifPresent(each -> each.begin(site.walkerHart()));
                    WalkOutcome outcome = walk.pin(virtualAddress);
                    tracker.ifPresent(each -> each.end(site.walkerHart()));
                    return outcome;
                }

                @Override
                public void release() {
                    walk.unpin();
                }
            });
        }

        @Override
        public boolean looksAgain() {
            return true;
        }
    },
    /** The page-table walker of the hart, with caches, which first walks speculatively, then for a load, then for a store. */
    HARDWARE {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return Tlb.addRegion(spec);
        }

        // The page is old and clean: the walker has bits to set.
        @Override
        public void prepare(RaceSite site) {
            site.mm().markOldAndClean(site.address());
        }

        @Override
        public boolean accessesPages() {
            return true;
        }

        @Override
        public Set<WalkOutcome> possibleFailures(Set<WalkOutcome> ofMutator) {
            Set<WalkOutcome> failures = EnumSet.of(WalkOutcome.WROTE_FREED_TABLE, WalkOutcome.USED_STALE_TRANSLATION);
            failures.addAll(ofMutator);
            return Set.copyOf(failures);
        }

        // It takes no reference: it reads or writes through a translation that it should have forgotten.
        @Override
        public WalkOutcome failure(WalkOutcome ofMutator) {
            return ofMutator == WalkOutcome.PINNED_FOREIGN_PAGE ? WalkOutcome.USED_STALE_TRANSLATION : ofMutator;
        }

        @Override
        public Walker on(RaceSite site) {
            return new HardwareWalker(
                    new HardwareWalk(site.walkerHart(), new Tlb(site.machine()), site.tables(), site.observer()), site);
        }
    }
}
