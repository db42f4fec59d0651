package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.race.WalkerKind;

/**
 * A paravirtual flush skips vCPUs that their host has preempted, and one of them may be in mid-walk.
 *
 * <p>The walker has interrupts off and has loaded the pmd, when its vCPU is descheduled. The freer clears the pmd and flushes: the
 * host says that the vCPU is not running, and promises to flush it before it runs again, so no interrupt is sent and nobody is
 * waited for. The table is freed. The vCPU comes back, flushes, and goes on walking where it was. The flush before re-entry is
 * good for the hardware's caches, and says nothing to software that is half way.
 */
final class S13_PreemptedVcpu {
    private static final String SOURCE = "kvm_flush_tlb_multi";

    private static Race vcpu(WalkerKind walker, ShootdownKind shootdown) {
        return Race.of(walker).shootdown(shootdown).where(conditions -> conditions.withPresence(DESCHEDULED));
    }

    static final Scenario SCENARIO = Scenario.of(
            13,
            "a preempted vCPU is in mid-walk",
            SOURCE,
            Actor.cast("a vCPU in fast GUP, until its host preempts it", "another vCPU, which unmaps"),
            Exhibit.broken(
                    vcpu(FAST_GUP, PARAVIRTUAL).freeing(REMOVE_PAGE),
                    "a vCPU that does not run is skipped, and tables are freed after the flush",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    walker("kvm_steal_time_set_preempted"),
                    freer("pmd_clear"),
                    freer("kvm_flush_tlb_multi"),
                    freer("tlb_batch_pages_flush"),
                    walker("record_steal_time"),
                    walker("gup_fast_pgd_range").at("pte")),
            Exhibit.fixed(
                    vcpu(FAST_GUP, PARAVIRTUAL).freeing(REMOVE_TABLE),
                    "tables are freed by RCU: a grace period does not end while a preempted vCPU has interrupts off"),
            Exhibit.nextBest(
                    vcpu(FAST_GUP, PARAVIRTUAL).freeing(TABLE_ONE_SYNC_IPI),
                    "an interrupt to every vCPU before the free: preempted ones are waited for"),
            Exhibit.nextBest(
                    vcpu(FAST_GUP, S_MODE_IPI)
                            .freeing(REMOVE_PAGE)
                            .expecting(Expectation.safe("nobody is skipped: the interrupt waits for the walk", SOURCE)),
                    "no paravirtual flush: every flush waits for every vCPU"),
            Exhibit.nextBest(
                    vcpu(HARDWARE, PARAVIRTUAL).freeing(REMOVE_PAGE),
                    "the flush before re-entry is enough for the walker in hardware"));

    private S13_PreemptedVcpu() {}
}
