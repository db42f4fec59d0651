package dev.shootdown.explore.faults;

import dev.shootdown.hart.Machine;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.tlb.Shootdown;

/** Dispatchers that are wrong. */
enum OwnShootdowns implements ShootdownKind {
    /** {@link SkipsAHart}. */
    SKIPS_A_HART {
        @Override
        public Shootdown on(Machine machine) {
            return new SkipsAHart(machine);
        }
    }
}
