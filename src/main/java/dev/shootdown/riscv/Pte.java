package dev.shootdown.riscv;

/**
 * A page-table entry, as a 64-bit word (privileged specification, "Sv39: Page-Based 39-bit Virtual-Memory System"; the
 * same layout at every level and in Sv48 and Sv57).
 *
 * <pre>
 *   63  62  61 60      54 53           10 9   8 7 6 5 4 3 2 1 0
 *   [N][PBMT ][reserved  ][ PPN          ][RSW ][D A G U X W R V]
 * </pre>
 */
public final class Pte {
    /** Valid. */
    public static final long V = 1L;
    /** Readable. */
    public static final long R = 1L << 1;
    /** Writable; reserved without {@link #R}. */
    public static final long W = 1L << 2;
    /** Executable. */
    public static final long X = 1L << 3;
    /** Accessible to U-mode. */
    public static final long U = 1L << 4;
    /** Global: spared by a fence that names an ASID. */
    public static final long G = 1L << 5;
    /** Accessed. */
    public static final long A = 1L << 6;
    /** Dirty. */
    public static final long D = 1L << 7;
    /** Bits 60:54, reserved for standard use: a valid entry that has one of them set raises a page fault. */
    public static final long RESERVED = 0x7FL << 54;
    /** The entry that maps nothing. */
    public static final long NONE = 0L;

    private static final int PPN_SHIFT = 10;
    private static final long PPN_MASK = (1L << 44) - 1;
    private static final long PERMISSIONS = R | W | X;
    private static final long EXTENSIONS = 7L << 61;
    private static final long LEAF_ONLY = D | A | U;
    private static final long LEAF_FLAGS = PERMISSIONS | LEAF_ONLY | G;

    private Pte() {}

    /** What an entry tells a walker to do. */
    public enum Kind {
        /** V=0: stop, nothing is mapped. */
        NOT_PRESENT,
        /** Pointer to the table of the next level. */
        TABLE,
        /** Maps a page, of the size of the level it stands at. */
        LEAF,
        /** An encoding that faults: a reserved bit, R=0 with W=1, or A, D, U in a pointer. */
        RESERVED
    }

    /**
     * {@return an entry that points to the table in frame {@code ppn}}
     *
     * @param ppn at most 44 bits
     * @throws IllegalArgumentException if the number has more
     */
    public static long table(long ppn) {
        return (checkPpn(ppn) << PPN_SHIFT) | V;
    }

    /**
     * {@return a readable, writable user leaf that maps frame {@code ppn}, accessed and dirty}
     *
     * @param ppn at most 44 bits
     * @throws IllegalArgumentException if the number has more
     */
    public static long leaf(long ppn) {
        return leaf(ppn, R | W | U | A | D);
    }

    /**
     * {@return a leaf that maps frame {@code ppn}}
     *
     * @param ppn at most 44 bits
     * @param flags some of R, W, X, U, G, A, D; at least R or X, and W only with R
     * @throws IllegalArgumentException if the flags make no leaf, or the number has more bits
     */
    public static long leaf(long ppn, long flags) {
        long entry = (checkPpn(ppn) << PPN_SHIFT) | flags | V;
        if ((flags & ~LEAF_FLAGS) != 0 || decode(entry) != Kind.LEAF) {
            throw new IllegalArgumentException(
                    "flags 0x" + Long.toHexString(flags) + " make no leaf: need R or X, W only with R, nothing else");
        }
        return entry;
    }

    /**
     * {@return what {@code entry} tells a walker to do (translation steps 3 to 5 of the specification)}
     *
     * @param entry 64 bits, as loaded
     */
    public static Kind decode(long entry) {
        if (!isPresent(entry)) {
            return Kind.NOT_PRESENT;
        }
        if ((entry & (RESERVED | EXTENSIONS)) != 0 || (entry & (R | W)) == W) {
            return Kind.RESERVED;
        }
        if (isLeaf(entry)) {
            return Kind.LEAF;
        }
        return (entry & LEAF_ONLY) == 0 ? Kind.TABLE : Kind.RESERVED;
    }

    /**
     * {@return whether V=1, whatever else is set}
     *
     * @param entry 64 bits, as loaded
     */
    public static boolean isPresent(long entry) {
        return (entry & V) != 0;
    }

    /**
     * {@return whether R, W or X is set: no pointer, then} Meaningful for present entries only.
     *
     * @param entry 64 bits, as loaded
     */
    public static boolean isLeaf(long entry) {
        return (entry & PERMISSIONS) != 0;
    }

    /**
     * {@return whether the entry is present and not a leaf: the address of the next level's table}
     *
     * @param entry 64 bits, as loaded
     */
    public static boolean isPointer(long entry) {
        return (entry & (V | PERMISSIONS)) == V;
    }

    /**
     * {@return the frame that the entry points to or maps}
     *
     * @param entry 64 bits, as loaded
     */
    public static long ppn(long entry) {
        return (entry >>> PPN_SHIFT) & PPN_MASK;
    }

    private static long checkPpn(long ppn) {
        if ((ppn & ~PPN_MASK) != 0) {
            throw new IllegalArgumentException("PPN 0x" + Long.toHexString(ppn) + " needs more than 44 bits");
        }
        return ppn;
    }
}
