package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;

/**
 * Interrupts the harts that run the address space and skips those in lazy TLB mode, which run a kernel thread on its
 * tables: these fence when they switch back. Until then their hardware may walk from the old root.
 */
public final class LazyTlb implements Shootdown {
    private final Machine machine;
    private final Absence lazy;
    private final SmodeIpi others;

    /**
     * The dispatcher of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose harts it fences
     */
    public LazyTlb(Machine machine) {
        this.machine = machine;
        this.lazy = new Absence(machine);
        this.others = new SmodeIpi(machine);
    }

    /**
     * {@return the description with a region for the harts' lazy states}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return Absence.addRegion(spec);
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.S_MODE_IPI;
    }

    @Override
    @Mirrors("native_flush_tlb_multi, tlb_is_not_lazy")
    public void fence(Hart sender, long targets, FlushRange range) {
        others.fence(sender, lazy.present(machine, targets), range);
    }
}
