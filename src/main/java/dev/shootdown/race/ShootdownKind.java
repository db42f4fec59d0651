package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.tlb.Shootdown;

/**
 * A kind of dispatcher: makes one for each machine. To bring your own, implement this, by an enum or a record that has a {@link
 * #name()}, and {@link Shootdown}; {@link Race} says what no part of a race may do.
 */
public interface ShootdownKind extends Named {
    /**
     * {@return the description with what the dispatcher needs in a machine's image: mailboxes, counters}
     * {@code spec.withRegion("my-mailboxes", words)} reserves 64-bit words, zero at first, that {@link #on} finds at
     * {@code machine.region("my-mailboxes")}.
     *
     * @param spec the machine so far
     */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /**
     * {@return a dispatcher for a machine} Called while the machine is wired: the only time at which
     * {@code machine.ipi(…)} may make a function callable by interrupt.
     *
     * @param machine made after {@link #prepare}'s description
     */
    Shootdown on(Machine machine);
}
