package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.tlb.FirmwareHart;
import dev.shootdown.tlb.HardwareBroadcast;
import dev.shootdown.tlb.LazyTlb;
import dev.shootdown.tlb.LocalOnly;
import dev.shootdown.tlb.Paravirtual;
import dev.shootdown.tlb.SbiRfence;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.tlb.UnsyncedBroadcast;

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
    },
    /** SBI call to firmware that returns as soon as the request was sent: all that the specification asks for. */
    SBI_RFENCE_POSTED {
        @Override
        public Shootdown on(Machine machine) {
            return FirmwareHart.posting(machine);
        }
    },
    /** Messages to every hart, and the barrier that waits until all have invalidated. */
    HARDWARE_BROADCAST {
        @Override
        public Shootdown on(Machine machine) {
            return new HardwareBroadcast(machine);
        }
    },
    /** The same without that barrier. A mistake. */
    BROADCAST_UNSYNCED {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return UnsyncedBroadcast.addRegion(spec);
        }

        @Override
        public Shootdown on(Machine machine) {
            return new UnsyncedBroadcast(machine);
        }
    },
    /** Waited S-mode interrupt of the vCPUs that run; the host flushes the others before they run again. */
    PARAVIRTUAL {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return Paravirtual.addRegion(spec);
        }

        @Override
        public Shootdown on(Machine machine) {
            return new Paravirtual(machine);
        }
    },
    /** Waited S-mode interrupt of the harts that run the address space; lazy ones flush when they switch back. */
    LAZY_SKIP {
        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return LazyTlb.addRegion(spec);
        }

        @Override
        public Shootdown on(Machine machine) {
            return new LazyTlb(machine);
        }
    }
}
