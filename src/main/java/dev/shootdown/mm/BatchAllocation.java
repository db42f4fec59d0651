package dev.shootdown.mm;

/** Whether a gather gets memory for its batches: allocations that may not wait can fail. */
public enum BatchAllocation {
    /** As long as there is any. */
    SUCCEEDS,
    /** Never: every batch takes the path of a failed allocation. */
    FAILS
}
