package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.tlb.LocalOnly;
import dev.shootdown.tlb.SbiRfence;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;

/** The dispatchers that come with the library. */
public enum Shootdowns implements ShootdownKind {
    /** Waited S-mode interrupt. */
    S_MODE_IPI {
        @Override
        public Shootdown on(Machine machine) {
            return new SmodeIpi(machine);
        }
    },
    /** SBI call to firmware that waits until every hart has fenced in M-mode. */
    SBI_RFENCE {
        @Override
        public Shootdown on(Machine machine) {
            return new SbiRfence(machine);
        }
    },
    /** A local fence, as long as no other hart is in the mask. */
    LOCAL_ONLY {
        @Override
        public Shootdown on(Machine machine) {
            return new LocalOnly(machine);
        }
    }
}
