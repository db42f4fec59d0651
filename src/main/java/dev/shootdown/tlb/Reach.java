package dev.shootdown.tlb;

/** Whom a dispatcher's fences concern. */
public enum Reach {
    /** The harts in {@code mm_cpumask}; all depends on the mask. */
    HARTS_IN_MASK,
    /** Every hart, whatever the mask says. */
    EVERY_HART
}
