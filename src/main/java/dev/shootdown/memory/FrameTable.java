package dev.shootdown.memory;

/**
 * {@code mem_map}: two words a frame, its reference count and its state (kind, owner, order, generation).
 *
 * <p>Frames are named by frame number (PPN). Every method throws {@link AddressOutsideMemory} for a number that this
 * memory does not have, and may be called by any thread unless it says otherwise.
 */
public final class FrameTable {
    /** Words of one descriptor. */
    static final int WORDS_PER_FRAME = 2;

    private static final int OWNER_SHIFT = 8;
    private static final int ORDER_SHIFT = 24;
    private static final int GENERATION_SHIFT = 32;
    private static final long KIND_MASK = 0xFF;
    private static final long OWNER_MASK = 0xFFFF;
    private static final long ORDER_MASK = 0xFF;

    private final Words words;
    private final FrameRange range;
    private final long base;
    private final long first;
    private final int count;

    FrameTable(Words words, FrameRange range, long base) {
        this.words = words;
        this.range = range;
        this.base = base;
        this.first = range.first();
        this.count = range.count();
    }

    /**
     * {@return the byte offset of the frame's reference count in the image}
     *
     * @param frameNumber must be one of this memory's
     * @throws AddressOutsideMemory if the memory has no such frame
     */
    public long refCountOffset(long frameNumber) {
        long index = frameNumber - first;
        if (Long.compareUnsigned(index, count) >= 0) {
            throw range.outside(range.physicalAddress(frameNumber));
        }
        return base + index * WORDS_PER_FRAME * Long.BYTES;
    }

    /**
     * {@return the byte offset of the frame's state word in the image}
     *
     * @param frameNumber must be one of this memory's
     * @throws AddressOutsideMemory if the memory has no such frame
     */
    public long stateOffset(long frameNumber) {
        return refCountOffset(frameNumber) + Long.BYTES;
    }

    /**
     * Takes {@code count} references unless there is none, as {@code try_get_folio} does.
     *
     * @param frameNumber the frame, or the folio's first one
     * @param count at least 1
     * @return whether the references were taken
     */
    public boolean tryGet(long frameNumber, int count) {
        Words words = this.words;
        long offset = refCountOffset(frameNumber);
        for (; ; ) {
            long references = words.getOpaque(offset);
            if (references == 0) {
                return false;
            }
            // Full barrier: the caller's re-check of the entry comes after the reference; pairs with the unmapper,
            // which clears the entry before it drops the mapping's reference.
            if (words.compareAndSet(offset, references, references + count)) {
                return true;
            }
        }
    }

    /**
     * Drops {@code count} references. Whoever drops the last one owns the frame and frees it.
     *
     * @param frameNumber the frame, or the folio's first one
     * @param count at least 1
     * @return how many are left
     * @throws FrameMisuse if the frame has fewer references
     */
    public long put(long frameNumber, int count) {
        // Full barrier: all uses of the page come before the drop; pairs with the drop that reaches zero.
        long before = words.getAndAdd(refCountOffset(frameNumber), -count);
        if (before < count) {
            words.getAndAdd(refCountOffset(frameNumber), count);
            throw misuse("dropping " + count + " of " + before + " references of", frameNumber);
        }
        return before - count;
    }

    /**
     * {@return how many references there are to the frame now}
     *
     * @param frameNumber must be one of this memory's
     */
    public long refCount(long frameNumber) {
        return words.getOpaque(refCountOffset(frameNumber));
    }

    /**
     * {@return what the frame is used for now}
     *
     * @param frameNumber must be one of this memory's
     */
    public FrameKind kind(long frameNumber) {
        return kindOf(state(frameNumber));
    }

    /**
     * {@return the address space that was given the frame, as a small number; 0 is nobody}
     *
     * @param frameNumber must be one of this memory's
     */
    public int owner(long frameNumber) {
        return ownerOf(state(frameNumber));
    }

    /**
     * {@return the binary logarithm of how many frames the folio has that begins with this frame}
     *
     * @param frameNumber must be one of this memory's
     */
    public int order(long frameNumber) {
        return (int) ((state(frameNumber) >>> ORDER_SHIFT) & ORDER_MASK);
    }

    /**
     * {@return how often the frame was freed}
     *
     * @param frameNumber must be one of this memory's
     */
    public long generation(long frameNumber) {
        return state(frameNumber) >>> GENERATION_SHIFT;
    }

    /** Marks a folio that nobody else can reach yet as handed out. The caller publishes it later, with release. */
    void assign(long frameNumber, FrameKind kind, int owner, int order) {
        long generation = state(frameNumber) >>> GENERATION_SHIFT;
        words.setOpaque(stateOffset(frameNumber), state(kind, owner, order, generation));
        // Release: pairs with tryGet's compareAndSet; who gets a reference also sees the owner.
        words.setRelease(refCountOffset(frameNumber), kind == FrameKind.DATA ? 1 : 0);
    }

    /** Marks a frame as part of the folio that begins before it: it has no references of its own. */
    void assignTail(long frameNumber, int owner) {
        long generation = state(frameNumber) >>> GENERATION_SHIFT;
        words.setOpaque(stateOffset(frameNumber), state(FrameKind.DATA, owner, 0, generation));
    }

    /**
     * Runs the ptdesc destructor: the table is unhooked and waits to be freed. Only the hart that unhooked it calls this.
     *
     * <p>An opaque store, no read-modify-write: no hidden full barrier stands between an unhook and what follows it.
     *
     * @param frameNumber of the table
     * @throws FrameMisuse if the frame is not a live table
     */
    public void destructTable(long frameNumber) {
        long state = state(frameNumber);
        if (kindOf(state) != FrameKind.TABLE) {
            throw misuse("table destructor on", frameNumber);
        }
        words.setOpaque(stateOffset(frameNumber), (state & ~KIND_MASK) | FrameKind.DETACHED_TABLE.ordinal());
    }

    /**
     * A table that was unhooked, and not freed, becomes one of address space {@code owner}. Only the hart that has it
     * calls this.
     *
     * @param frameNumber of the table
     * @param owner its new address space's number
     * @throws FrameMisuse if the frame is not a detached table
     */
    public void handOver(long frameNumber, int owner) {
        long state = state(frameNumber);
        if (kindOf(state) != FrameKind.DETACHED_TABLE) {
            throw misuse("another life for", frameNumber);
        }
        words.setOpaque(stateOffset(frameNumber), state(FrameKind.TABLE, owner, 0, state >>> GENERATION_SHIFT));
    }

    /** Moves a frame to {@link FrameKind#FREED} and into its next generation, if it may be freed. */
    void markFreed(long frameNumber) {
        long state = state(frameNumber);
        switch (kindOf(state)) {
            case FREED -> throw misuse("double free of", frameNumber);
            case UNUSED -> throw misuse("free of never allocated", frameNumber);
            case TABLE -> throw misuse("free of live (never unhooked)", frameNumber);
            case DATA, DETACHED_TABLE, KERNEL -> requireUnreferenced(frameNumber);
        }
        long freed = state(FrameKind.FREED, 0, 0, (state >>> GENERATION_SHIFT) + 1);
        if (!words.compareAndSet(stateOffset(frameNumber), state, freed)) {
            throw misuse("concurrent free of", frameNumber);
        }
    }

    private void requireUnreferenced(long frameNumber) {
        if (refCount(frameNumber) != 0) {
            throw misuse("free of pinned", frameNumber);
        }
    }

    /**
     * {@return every coordinate of a frame, for messages}
     *
     * @param frameNumber must be one of this memory's
     */
    public String describe(long frameNumber) {
        long state = state(frameNumber);
        return String.format(
                "%s frame 0x%x (physical 0x%x, generation %d, owner %d, %d references)",
                kindOf(state),
                frameNumber,
                range.physicalAddress(frameNumber),
                state >>> GENERATION_SHIFT,
                (state >>> OWNER_SHIFT) & OWNER_MASK,
                refCount(frameNumber));
    }

    private FrameMisuse misuse(String what, long frameNumber) {
        return new FrameMisuse(what + " " + describe(frameNumber));
    }

    private long state(long frameNumber) {
        return words.getOpaque(stateOffset(frameNumber));
    }

    /**
     * {@return what a state word says about what its frame is used for}
     *
     * @param state the word at {@link #stateOffset}
     */
    public static FrameKind kindOf(long state) {
        return FrameKind.of(state & KIND_MASK);
    }

    /**
     * {@return whether a state word says that its frame is a table, hooked or not yet freed, of whatever address space}
     *
     * @param state the word at {@link #stateOffset}
     */
    public static boolean isTable(long state) {
        return isTableOf(state, ownerOf(state));
    }

    /**
     * {@return whether a state word says that its frame is a table, hooked or not yet freed, of address space
     * {@code owner}}
     *
     * @param state the word at {@link #stateOffset}
     * @param owner the address space's number
     */
    public static boolean isTableOf(long state, int owner) {
        return switch (kindOf(state)) {
            case TABLE, DETACHED_TABLE -> ownerOf(state) == owner;
            case UNUSED, DATA, KERNEL, FREED -> false;
        };
    }

    /**
     * {@return whether a state word says that its frame is a page of data of address space {@code owner}}
     *
     * @param state the word at {@link #stateOffset}
     * @param owner the address space's number
     */
    public static boolean isPageOf(long state, int owner) {
        return kindOf(state) == FrameKind.DATA && ownerOf(state) == owner;
    }

    /**
     * {@return what a state word says about whom its frame was given to; 0 is nobody}
     *
     * @param state the word at {@link #stateOffset}
     */
    public static int ownerOf(long state) {
        return (int) ((state >>> OWNER_SHIFT) & OWNER_MASK);
    }

    private static long state(FrameKind kind, int owner, int order, long generation) {
        return (generation << GENERATION_SHIFT)
                | ((long) order << ORDER_SHIFT)
                | ((long) owner << OWNER_SHIFT)
                | kind.ordinal();
    }
}
