package dev.shootdown.riscv;

/**
 * The Linux name of a table, by the level it stands at. A folded level has no table: under {@link SatpMode#SV39} the root
 * stands at the {@link #PUD} level and serves as the pgd.
 */
public enum TableLevel {
    /** Level 0: the last table, whose entries map base pages. */
    PTE,
    /** Level 1. */
    PMD,
    /** Level 2: the root under Sv39. */
    PUD,
    /** Level 3: the root under Sv48. */
    P4D,
    /** Level 4: the root under Sv57. */
    PGD;

    private static final TableLevel[] BY_LEVEL = values();

    /**
     * {@return the name of the table at {@code level}, 0 to 4}
     *
     * @param level as the specification counts, pte tables at 0
     */
    public static TableLevel of(int level) {
        return BY_LEVEL[level];
    }

    /** {@return the specification's level number, 0 to 4} */
    public int level() {
        return ordinal();
    }

    /**
     * {@return whether a table of this level exists below the root under {@code mode}, and so can be unhooked and
     * freed}
     *
     * @param mode whose root table is left out
     */
    public boolean isFreeableUnder(SatpMode mode) {
        return level() < mode.rootLevel();
    }
}
