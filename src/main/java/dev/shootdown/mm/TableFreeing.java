package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/**
 * When, and after waiting for what, an unhooked table is freed: {@code __pte_free_tlb} and its siblings.
 *
 * <p>Called once for every table right after it was unhooked, before anything was invalidated, by the gathering hart's
 * thread, with interrupts on: so it may wait. The implementation must hand the table to exactly one of {@link
 * MmuGather#removePage}, {@link MmuGather#batchTable} (if that returns true), {@link MmuGather#callRcu}, {@link
 * MmuGather#freeNow}, or, on machines that were described so, {@link MmuGather#putAside}, {@link MmuGather#reuseInPlace}, {@link
 * MmuGather#dropReference}, {@link MmuGather#passLockAndFree} or {@link MmuGather#queueKernelTable}; the gather throws {@link
 * IllegalStateException} if it did not, and the table if it did so twice.
 *
 * <p>In between it may call {@link MmuGather#invalidate}, {@link MmuGather#synchronizeRcu} and {@link
 * MmuGather#interruptAllHarts}, in any order and number, and ask {@link MmuGather#route} and {@link MmuGather#build}. Nothing
 * else is needed, and the rest of the gather is its mutator's. What was not invalidated when it returns will be, before what
 * {@code removePage} and {@code batchTable} queued is freed.
 *
 * <p>One object serves many machines at a time: no fields that change.
 */
@FunctionalInterface
public interface TableFreeing {
    /**
     * Frees {@code table} now, or queues it with {@code gather}.
     *
     * @param gather of the unmapping hart; its methods that take a table discharge it
     * @param table unhooked, not freed; to be discharged before this returns
     */
    void free(MmuGather gather, DetachedTable table);
}
