package dev.shootdown.riscv;

/**
 * A translation scheme of RV64, as selected by {@code satp.MODE} (privileged specification, "Supervisor Address
 * Translation and Protection Register").
 */
public enum SatpMode {
    /** Three levels: pgd (at the pud level), pmd, pte. */
    SV39(8, 3),
    /** Four levels: pgd (at the p4d level), pud, pmd, pte. */
    SV48(9, 4),
    /** Five levels: pgd, p4d, pud, pmd, pte. */
    SV57(10, 5);

    private static final int MODE_SHIFT = 60;
    private static final int ASID_SHIFT = 44;
    private static final long ASID_LIMIT = 1L << 16;
    private static final long PPN_LIMIT = 1L << 44;

    private final int modeField;
    private final int levels;

    SatpMode(int modeField, int levels) {
        this.modeField = modeField;
        this.levels = levels;
    }

    /** {@return the value of {@code satp.MODE}, bits 63:60} */
    public int modeField() {
        return modeField;
    }

    /** {@return the number of table levels walked, 3 to 5} */
    public int levels() {
        return levels;
    }

    /** {@return the level of the root table, {@code levels() - 1}} */
    public int rootLevel() {
        return levels - 1;
    }

    /**
     * {@return the {@code satp} value that makes a hart translate through the table at {@code rootPpn}}
     *
     * @param asid address-space identifier, 0 to 65,535
     * @param rootPpn physical page number of the root table, 44 bits
     */
    public long satp(int asid, long rootPpn) {
        if (asid < 0 || asid >= ASID_LIMIT) {
            throw new IllegalArgumentException("ASID " + asid + " is outside 0.." + (ASID_LIMIT - 1));
        }
        if (rootPpn < 0 || rootPpn >= PPN_LIMIT) {
            throw new IllegalArgumentException("root PPN 0x" + Long.toHexString(rootPpn) + " needs more than 44 bits");
        }
        return ((long) modeField << MODE_SHIFT) | ((long) asid << ASID_SHIFT) | rootPpn;
    }
}
