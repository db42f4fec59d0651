package dev.shootdown.mm;

/** What becomes of a pte table that was taken away outside of a gather, after whatever flush its taker made. */
public enum PteRelease {
    /** {@code pte_free}: at once. */
    PTE_FREE,
    /** {@code tlb_remove_table_sync_one}, then {@code pte_free}: at once, but after every walker that has interrupts off. */
    SYNC_ONE_AND_PTE_FREE,
    /** {@code pte_free_defer}: after a grace period. */
    PTE_FREE_DEFER
}
