package dev.shootdown.memory;

/**
 * The patterns that frames carry in <em>every</em> word while they hold no table of the address space under test.
 *
 * <p>Each has V=1 and bits 58:54 not zero. Those bits are reserved in a page-table entry and no entry of ours has them, so
 * one look at a loaded value tells what kind of frame it came from. The remaining bits are free: a foreign table keeps its
 * own page numbers there.
 *
 * <p>What this cannot see: a load that lands after a frame was freed and before its word was overwritten. There is no
 * false alarm, but there can be a miss.
 */
public enum Poison {
    /** No pattern: an ordinary word. */
    NONE(0),
    /** The frame was freed and not handed out again. */
    FREED(0b10101),
    /** The frame was handed out and never initialised. */
    UNINITIALISED(0b01011),
    /** The frame was freed and handed out again, to another owner. */
    FOREIGN(0b11110);

    private static final int SHIFT = 54;
    private static final long FIELD = 0x1FL << SHIFT;
    private static final long VALID = 1L;

    private final long pattern;

    Poison(long bits) {
        this.pattern = bits == 0 ? 0 : (bits << SHIFT) | VALID;
    }

    /** {@return the word that this pattern fills a frame with} */
    public long pattern() {
        return pattern;
    }

    /**
     * {@return which pattern {@code word} carries} {@link #NONE} if it may be an entry of ours.
     *
     * @param word 64 bits, as loaded
     */
    public static Poison of(long word) {
        long field = word & FIELD;
        if (field == 0 || (word & VALID) == 0) {
            return NONE;
        }
        return classify(field | VALID);
    }

    /**
     * {@return {@code word} without its pattern: what a walker that knows no patterns takes it for}
     *
     * @param word 64 bits, as loaded
     */
    public static long strip(long word) {
        return word & ~FIELD;
    }

    private static Poison classify(long marked) {
        if (marked == FREED.pattern) {
            return FREED;
        }
        if (marked == UNINITIALISED.pattern) {
            return UNINITIALISED;
        }
        return marked == FOREIGN.pattern ? FOREIGN : NONE;
    }
}
