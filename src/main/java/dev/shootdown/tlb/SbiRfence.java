package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;

/**
 * Fences by SBI call: firmware interrupts the targets in M-mode, waits until each has fenced, and returns, as OpenSBI
 * does. {@code sstatus.SIE} does not mask M-mode, so a target with interrupts off fences at once and walks on.
 */
public final class SbiRfence implements Shootdown {
    private final Machine machine;

    /**
     * The dispatcher of a machine.
     *
     * @param machine whose harts it fences
     */
    public SbiRfence(Machine machine) {
        this.machine = machine;
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.M_MODE;
    }

    @Override
    @Mirrors("sbi_remote_sfence_vma_asid")
    public void fence(Hart sender, long targets, FlushRange range) {
        fenceEach(machine, sender, targets, range.sfence());
    }

    static void fenceEach(Machine machine, Hart sender, long targets, SfenceVma fence) {
        for (long left = machine.checkMask(targets); left != 0; left &= left - 1) {
            machine.hart(Long.numberOfTrailingZeros(left)).machineModeFence(sender, fence);
        }
    }
}
