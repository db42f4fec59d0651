package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.tlb.Shootdown;

/** A kind of dispatcher: makes one for each machine. */
public interface ShootdownKind extends Named {
    /** Adds what the dispatcher needs to a machine's image. */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /** A dispatcher for a machine. */
    Shootdown on(Machine machine);
}
