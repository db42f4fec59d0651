package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;

/**
 * A machine that counts on {@code mm_cpumask}: as long as no other hart is in it, {@link TlbFlush} fences locally and this
 * dispatcher is never asked. A hart that switched to the address space in time is in the mask, and then it is a waited
 * S-mode interrupt as ever.
 *
 * <p>All depends on the mask being exact: a hart that walks tables of an address space without being in its mask is told
 * nothing.
 */
public final class LocalOnly implements Shootdown {
    private final SmodeIpi others;

    /**
     * The dispatcher of a machine.
     *
     * @param machine whose harts it fences
     */
    public LocalOnly(Machine machine) {
        this.others = new SmodeIpi(machine);
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.S_MODE_IPI;
    }

    @Override
    public void fence(Hart sender, long targets, FlushRange range) {
        others.fence(sender, targets, range);
    }
}
