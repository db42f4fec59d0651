package dev.shootdown.explore.faults;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.WalkOutcome;

/** {@link OwnGup}, right and with one step wrong. */
enum OwnGups implements WalkerKind {
    /** As the kernel does it. */
    OWN_GUP {
        @Override
        public Walker on(RaceSite site) {
            return new OwnGup(site);
        }
    },
    /** Interrupts are on again before the page is pinned. */
    RESTORES_BEFORE_PIN {
        @Override
        public Walker on(RaceSite site) {
            return new OwnGup(site) {
                @Override
                WalkOutcome walkProtected(Hart self, long virtualAddress) {
                    InterruptsOff section = self.interruptsOff();
                    boolean present = descend(virtualAddress);
                    section.close();
                    return present ? pin() : WalkOutcome.NOT_PRESENT;
                }
            };
        }
    },
    /** The reference is counted even if there was none. */
    TAKES_FROM_ZERO {
        @Override
        public Walker on(RaceSite site) {
            return new OwnGup(site) {
                @Override
                boolean take(long frame) {
                    // Full barrier, as tryGet's.
                    words.getAndAdd(frames.refCountOffset(frame), 1);
                    return true;
                }
            };
        }
    }
}
