package dev.shootdown.walk;

import dev.shootdown.riscv.Pte;

/** Why the hardware translates an address. */
public enum MemoryAccess {
    /** No instruction asked for it: a prefetch, or an instruction that is never retired. May set A, never D. */
    SPECULATION(Pte.R, Pte.A),
    /** A load. */
    LOAD(Pte.R, Pte.A),
    /** A store. */
    STORE(Pte.W, Pte.A | Pte.D);

    private final long permission;
    private final long marks;

    MemoryAccess(long permission, long marks) {
        this.permission = permission;
        this.marks = marks;
    }

    /** Whether a leaf entry allows it, in U-mode. */
    boolean isAllowedBy(long leaf) {
        return (leaf & permission) != 0 && (leaf & Pte.U) != 0;
    }

    /** The accessed and dirty bits that the entry must have when it is done. */
    long marks() {
        return marks;
    }
}
