package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;

/**
 * Interrupts the vCPUs that run and skips those that the host has descheduled: these are flushed before they run again.
 * That serves their hardware; a software walker that was stopped in mid-walk goes on where it was.
 */
public final class Paravirtual implements Shootdown {
    private final Machine machine;
    private final Absence descheduled;
    private final SmodeIpi running;

    /**
     * The dispatcher of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose harts it fences
     */
    public Paravirtual(Machine machine) {
        this.machine = machine;
        this.descheduled = new Absence(machine);
        this.running = new SmodeIpi(machine);
    }

    /**
     * {@return the description with a region for what host and guest share}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return Absence.addRegion(spec);
    }

    /** Interrupts-off sections do not hold it off, once their vCPU is descheduled. */
    @Override
    public RfenceRoute route() {
        return RfenceRoute.M_MODE;
    }

    @Override
    @Mirrors("kvm_flush_tlb_multi")
    public void fence(Hart sender, long targets, FlushRange range) {
        running.fence(sender, descheduled.present(machine, targets), range);
    }
}
