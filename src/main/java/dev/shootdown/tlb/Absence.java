package dev.shootdown.tlb;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;

/**
 * Which harts are away, so that somebody who wants them to fence may skip them: each then fences as it comes back.
 *
 * <pre>
 *   a word a hart   [ owes a fence | away ]
 * </pre>
 *
 * <p>What being away means is the dispatchers' business: a vCPU that its host has descheduled runs nothing at all; a hart in
 * lazy TLB mode runs a kernel thread, and its hardware may go on walking.
 */
public final class Absence {
    private static final String REGION = "absence";
    private static final long PRESENT = 0;
    private static final long AWAY = 1;
    private static final long OWES_A_FENCE = 1L << 1;

    private final Words words;
    private final long[] absences;

    /**
     * The absences on a machine whose description went through {@link #addRegion}.
     *
     * @param machine its harts are all present at first
     */
    public Absence(Machine machine) {
        this.words = machine.words();
        this.absences = machine.regionsOfHarts(REGION);
    }

    /**
     * {@return the description with a word a hart, if it did not have them yet}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.hasRegionOfHarts(REGION) ? spec : spec.withRegionOfHarts(REGION, 1);
    }

    /**
     * The hart goes away.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("kvm_steal_time_set_preempted, enter_lazy_tlb")
    public void leave(Hart hart) {
        // Full barrier: the hart's loads come before it is away; pairs with the claim in excuses.
        words.getAndBitwiseOr(wordOf(hart), AWAY);
    }

    /**
     * The hart is back, after it has fenced if somebody skipped it.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("record_steal_time, switch_mm_irqs_off")
    public void comeBack(Hart hart) {
        // Full barrier: the hart's next loads come after it is back, and so see the unhook of whoever found it away;
        // pairs with the claim in excuses, and with the fence before its load.
        long before = words.getAndSet(wordOf(hart), PRESENT);
        if ((before & OWES_A_FENCE) != 0) {
            hart.localFence(FenceExtent.EVERYTHING);
        }
    }

    /** Those of {@code targets} that are not away; those that are will fence when they are back. */
    long present(Machine machine, long targets) {
        long present = targets;
        for (long left = machine.checkMask(targets); left != 0; left &= left - 1) {
            Hart hart = machine.hart(Long.numberOfTrailingZeros(left));
            if (excuses(hart)) {
                present &= ~hart.bit();
            }
        }
        return present;
    }

    private boolean excuses(Hart hart) {
        for (; ; ) {
            // Acquire, after the full barrier between unhook and flush (TlbFlush.flush): pairs with comeBack.
            long now = words.getAcquire(wordOf(hart));
            if ((now & AWAY) == 0) {
                return false;
            }
            // Full barrier: the debt is noted before the skip; pairs with comeBack, which settles it or had come
            // before.
            if (words.compareAndSet(wordOf(hart), now, now | OWES_A_FENCE)) {
                return true;
            }
        }
    }

    private long wordOf(Hart hart) {
        return absences[hart.id()];
    }
}
