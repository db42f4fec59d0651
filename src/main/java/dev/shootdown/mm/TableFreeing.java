package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/**
 * When, and after waiting for what, an unhooked table is freed: {@code __pte_free_tlb} and its siblings.
 *
 * <p>Called once for every table right after it was unhooked, before anything was invalidated, by the gathering hart's
 * thread. The implementation must hand the table to exactly one of {@link MmuGather#removePage}, {@link
 * MmuGather#batchTable}, {@link MmuGather#callRcu} or {@link MmuGather#freeNow}; the gather throws if it did not.
 */
@FunctionalInterface
public interface TableFreeing {
    /** Frees {@code table} now, or queues it with {@code gather}. */
    void free(MmuGather gather, DetachedTable table);
}
