package dev.shootdown.report.html;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;

/** What dispatchers and strategies do, in a line. */
final class Glossary {
    private Glossary() {}

    static Page.Fact of(Shootdowns shootdown) {
        String text = switch (shootdown) {
            case S_MODE_IPI -> "an S-mode interrupt, and the sender waits until it was taken";
            case SBI_RFENCE -> "an SBI call: firmware fences in M-mode, whatever the target does";
            case LOCAL_ONLY -> "a fence on this hart alone, as long as no other is in the mask; else an interrupt";
            case SBI_RFENCE_POSTED ->
                "an SBI call that returns as soon as it was sent: all that the specification asks for";
            case HARDWARE_BROADCAST -> "messages to every hart, and the barrier that waits until all have invalidated";
            case BROADCAST_UNSYNCED -> "the same without that barrier: a mistake";
            case PARAVIRTUAL -> "an interrupt of the vCPUs that run; the host flushes the others before they run again";
            case LAZY_SKIP -> "an interrupt of the harts that run the address space; lazy ones flush on switching back";
        };
        return new Page.Fact(Words.dashed(shootdown.name()), text);
    }

    static Page.Fact of(Freeings freeing) {
        String text = switch (freeing) {
            case FREE_BEFORE_FLUSH -> "at once, then flush: a mistake";
            case REMOVE_PAGE -> "flush, then free: tlb_remove_page_ptdesc";
            case REMOVE_TABLE -> "flush, then free after an RCU grace period: tlb_remove_table";
            case TABLE_ONE_SYNC_IPI -> "no memory for a batch: flush, interrupt every hart, free";
            case TABLE_ONE_SYNC_RCU -> "no memory for a batch: flush, wait for a grace period, free";
            case TABLE_ONE_CALL_RCU -> "no memory for a batch: flush, then an RCU callback of the table’s own frees";
            case TABLE_ONE_UNSYNCHRONISED -> "no memory for a batch: flush, free: a mistake";
            case SYNC_IPI_BEFORE_FLUSH -> "interrupt every hart, free, then flush: a mistake for the hardware walker";
            case SYNC_RCU_BEFORE_FLUSH ->
                "wait for a grace period, free, then flush: a mistake for the hardware walker";
            case CALL_RCU_BEFORE_FLUSH ->
                "an RCU callback of the table’s own, perhaps before the flush: a mistake for the hardware walker";
            case REMOVE_TABLE_BEFORE_FLUSH ->
                "a batch for RCU, perhaps freed before the flush: a mistake for the hardware walker";
            case STATIC_KEY -> "remove-page where fences go by interrupt, remove-table elsewhere: as merged";
            case STATIC_KEY_INVERTED -> "the same with the branches swapped: a mistake";
            case TRACKER_FULL_BARRIER -> "flush, a full barrier, interrupt the harts that say they walk, free";
            case TRACKER_READ_BARRIER -> "the same with a read barrier: a mistake";
            case DEPOSIT -> "flush, deposit, later free at once: a mistake";
            case DEPOSIT_SYNC_IPI -> "flush, interrupt every hart, deposit, later free at once";
            case DEPOSIT_SYNC_RCU -> "flush, wait for a grace period, deposit, later free at once";
            case REUSE_IN_PLACE -> "flush, then another address space goes on with the table";
            case REUSE_IN_PLACE_SYNC_IPI -> "the same, but interrupt every hart first";
            case REUSE_IN_PLACE_SYNC_RCU -> "the same, but wait for a grace period first";
            case TYPE_STABLE -> "flush, then into a pool of tables, for any address space: never freed";
            case TABLE_COUNT -> "flush, free when the last walker dropped its reference to the table";
            case TABLE_COUNT_UNCHECKED -> "the same, but walkers do not load the parent entry again: a mistake";
            case TABLE_COUNT_BLIND -> "the same, but walkers count up even from zero: a mistake";
            case TABLE_COUNT_IN_TABLE -> "the same, but the count lives in the table’s own descriptor: a mistake";
            case MM_EXIT -> "when the address space ends, which walkers pin";
            case MM_EXIT_UNPINNED -> "the same, but walkers do not pin it: a mistake";
            case WORKER -> "flush, then a worker frees, without a grace period: a mistake for software walkers";
            case WORKER_BEFORE_FLUSH -> "the same, but the worker may free before the flush: a mistake";
            case LOCK -> "flush, take the lock that walkers hold for their whole walk, free";
            case LOCK_ENTRY_BEFORE -> "the same, but walkers lock with the entry in hand: a mistake";
            case LOCK_FREER_ONLY -> "the same, but walkers do not take the lock: a mistake";
            case LOCK_IN_TABLE -> "the same, but the lock lives in the table’s own descriptor: a mistake";
        };
        return new Page.Fact(Words.dashed(freeing.name()), text);
    }
}
