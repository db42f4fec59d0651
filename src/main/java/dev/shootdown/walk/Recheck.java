package dev.shootdown.walk;

/** Which entries a walk loads again after it took the reference. Everything but {@link #PMD_AND_PTE} is a mistake. */
public enum Recheck {
    /** Both, as {@code gup_fast_pte_range} does. */
    PMD_AND_PTE,
    /** The pte only: misses a collapse, which clears the pmd and leaves the ptes. */
    PTE_ONLY,
    /** The pmd only: misses an unmapping that leaves the table. */
    PMD_ONLY;

    boolean coversPmd() {
        return this != PTE_ONLY;
    }

    boolean coversPte() {
        return this != PMD_ONLY;
    }
}
