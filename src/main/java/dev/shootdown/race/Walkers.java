package dev.shootdown.race;

import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.PinFlags;
import dev.shootdown.walk.RcuWalk;
import dev.shootdown.walk.WalkOutcome;

/** The walkers that come with the library. */
public enum Walkers implements WalkerKind {
    /** Interrupts off, on the hart's own current address space: {@code get_user_pages_fast}. */
    FAST_GUP {
        @Override
        public Walker on(RaceSite site) {
            FastGup gup = new FastGup(
                    site.walkerHart(),
                    site.tables(),
                    PinFlags.FOLL_GET,
                    site.conditions().recheck(),
                    site.observer());
            return new Walker() {
                @Override
                public WalkOutcome walk(long virtualAddress) {
                    return gup.pin(virtualAddress);
                }

                @Override
                public void release() {
                    gup.unpin();
                }
            };
        }
    },
    /** {@code rcu_read_lock} only, interrupts on. */
    RCU_WALK {
        @Override
        public Walker on(RaceSite site) {
            RcuWalk walk = new RcuWalk(site.walkerHart(), site.rcu(), site.tables(), site.observer());
            return new Walker() {
                @Override
                public WalkOutcome walk(long virtualAddress) {
                    return walk.pin(virtualAddress);
                }

                @Override
                public void release() {
                    walk.unpin();
                }
            };
        }
    }
}
