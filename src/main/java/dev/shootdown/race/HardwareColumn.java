package dev.shootdown.race;

import static dev.shootdown.race.Circumstances.anywhere;
import static dev.shootdown.race.Circumstances.over;
import static dev.shootdown.race.Column.BROADCAST;
import static dev.shootdown.race.Column.LAZY;
import static dev.shootdown.race.Column.PARAVIRTUAL_FLUSH;
import static dev.shootdown.race.Column.SBI;
import static dev.shootdown.race.Column.SWITCH_MM;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.CALL_RCU_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.SYNC_IPI_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.SYNC_RCU_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.WORKER_BEFORE_FLUSH;
import static dev.shootdown.race.Protection.COMPLETED_FENCE;
import static dev.shootdown.race.Protection.FENCE_BEFORE_RETURN;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Shootdowns.LAZY_SKIP;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE_POSTED;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.WalkerPresence.PRESENT;
import static dev.shootdown.race.Walkers.HARDWARE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Column c of the truth table: the hardware walker. No interrupt and no grace period concerns it; what counts is which
 * fence has completed, on its hart, before the free.
 */
final class HardwareColumn {
    private static final String SFENCE = "privileged specification, SFENCE.VMA";
    private static final String INVALIDATE = "d86564a2f085";
    private static final List<Freeings> SOFTWARE_WAITED = List.of(SYNC_IPI_BEFORE_FLUSH, SYNC_RCU_BEFORE_FLUSH);
    private static final List<Freeings> QUEUED =
            List.of(CALL_RCU_BEFORE_FLUSH, REMOVE_TABLE_BEFORE_FLUSH, WORKER_BEFORE_FLUSH);

    private HardwareColumn() {}

    static List<TruthTable.Row> rows() {
        Column c = new Column(HARDWARE);
        c.add(
                List.of(FREE_BEFORE_FLUSH),
                anywhere(),
                NOTHING,
                unsafe("freed while pointers to it are cached, and walks under way", "8246601a7d39"));
        c.add(
                SOFTWARE_WAITED,
                anywhere(),
                NOTHING,
                unsafe("who waited for software only frees what is still cached: the flush comes too late", SFENCE));
        c.add(
                QUEUED,
                anywhere(),
                NOTHING,
                unsafe("what waits to be freed may be freed before the flush, while it is still cached", INVALIDATE));
        List<Freeings> flushFirst = flushFirst();
        fenced(c, flushFirst);
        notFenced(c, flushFirst);
        return c.rows();
    }

    private static List<Freeings> flushFirst() {
        Set<Freeings> flushFirst = EnumSet.complementOf(EnumSet.of(FREE_BEFORE_FLUSH));
        flushFirst.removeAll(SOFTWARE_WAITED);
        flushFirst.removeAll(QUEUED);
        return List.copyOf(flushFirst);
    }

    private static void fenced(Column c, List<Freeings> flushFirst) {
        c.add(
                flushFirst,
                over(S_MODE_IPI, SBI_RFENCE, LOCAL_ONLY).inMask(),
                COMPLETED_FENCE,
                safe("the hart has fenced, pointers included, at an instruction boundary after the unhook", SFENCE));
        c.add(
                flushFirst,
                over(PARAVIRTUAL).inMask().when(PRESENT),
                COMPLETED_FENCE,
                safe("a vCPU that runs has fenced", PARAVIRTUAL_FLUSH));
        c.add(
                flushFirst,
                over(PARAVIRTUAL).inMask().when(DESCHEDULED),
                FENCE_BEFORE_RETURN,
                safe("a vCPU that is preempted is flushed before it runs again", PARAVIRTUAL_FLUSH));
        c.add(
                flushFirst,
                over(LAZY_SKIP).inMask().when(PRESENT),
                COMPLETED_FENCE,
                safe("the hart runs the address space, so it was made to fence", LAZY));
        c.add(
                flushFirst,
                over(HARDWARE_BROADCAST),
                COMPLETED_FENCE,
                safe("every hart has invalidated, whatever the mask says", BROADCAST));
    }

    private static void notFenced(Column c, List<Freeings> flushFirst) {
        c.add(
                List.of(REMOVE_PAGE, REMOVE_TABLE),
                over(LOCAL_ONLY).inMaskUnordered().when(PRESENT),
                NOTHING,
                Column.BIT_BUFFERED);
        c.add(
                flushFirst,
                over(LAZY_SKIP).inMask().when(WalkerPresence.LAZY),
                NOTHING,
                unsafe("a lazy hart is skipped, and speculates on through the old root", LAZY));
        c.add(
                flushFirst,
                over(S_MODE_IPI, SBI_RFENCE, LOCAL_ONLY, PARAVIRTUAL, LAZY_SKIP).notInMask(),
                NOTHING,
                unsafe(
                        "a hart that is not in the mask is not fenced, and walks on from what it has cached",
                        SWITCH_MM));
        c.add(
                flushFirst,
                over(SBI_RFENCE_POSTED),
                NOTHING,
                unsafe("success means that the request was sent: the fence may still be pending", SBI));
        c.add(
                flushFirst,
                over(BROADCAST_UNSYNCED),
                NOTHING,
                unsafe("nobody waited until the message had arrived everywhere", BROADCAST));
    }
}
