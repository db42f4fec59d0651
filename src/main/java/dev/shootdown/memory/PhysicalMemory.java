package dev.shootdown.memory;

/**
 * The frames of a machine, from {@link #DRAM_BASE}: address arithmetic, a frame allocator and the poison of freed frames.
 *
 * <p>The allocator is two bitmaps, frames never used and frames given back; taking one clears its bit by compare-and-set, so
 * any number of harts may allocate and free at once and no ABA can arise. The lowest number wins, given-back frames first.
 */
public final class PhysicalMemory {
    /** Physical address of the first frame, where RISC-V machines have their DRAM. */
    public static final long DRAM_BASE = 0x8000_0000L;
    /** What {@link #tryAllocate} returns when there is no frame. Frame number 0 lies below DRAM. */
    public static final long NO_FRAME = 0;

    private static final int MAX_ORDER = 6;

    private final Words words;
    private final FrameRange range;
    private final FrameTable frameTable;
    private final int pageShift;
    private final AllocatorMode mode;
    private final long framesOffset;
    private final long freshOffset;
    private final long recycledOffset;

    private PhysicalMemory(Words words, ImageLayout layout, int pageShift, int frames, AllocatorMode mode) {
        this.words = words;
        this.range = new FrameRange(pageShift, frames);
        this.frameTable = new FrameTable(words, range, layout.region("mem_map").offset());
        this.pageShift = pageShift;
        this.mode = mode;
        this.framesOffset = layout.region("dram").offset();
        this.freshOffset = layout.region("frames.fresh").offset();
        this.recycledOffset = layout.region("frames.recycled").offset();
    }

    /**
     * Reserves the regions that a memory of {@code frames} frames needs: bitmaps, mem_map and the frames themselves.
     *
     * @param layout of the machine's image
     * @param pageShift the binary logarithm of a frame's bytes
     * @param frames how many, at least 1
     */
    public static void reserve(ImageLayout layout, int pageShift, int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("a memory needs at least one frame, not " + frames);
        }
        int bitmapWords = (frames + Long.SIZE - 1) / Long.SIZE;
        layout.reserve("frames.fresh", bitmapWords);
        layout.reserve("frames.recycled", bitmapWords);
        layout.reserve("mem_map", frames * FrameTable.WORDS_PER_FRAME);
        layout.reserve("dram", frames << (pageShift - 3), 1 << pageShift);
    }

    /**
     * {@return a memory over words that already hold one, such as a copy of a template}
     *
     * @param words the image itself
     * @param layout must have gone through {@link #reserve}
     * @param pageShift the binary logarithm of a frame's bytes
     * @param frames as reserved
     * @param mode how freed frames are to be treated
     */
    public static PhysicalMemory attach(
            Words words, ImageLayout layout, int pageShift, int frames, AllocatorMode mode) {
        return new PhysicalMemory(words, layout, pageShift, frames, mode);
    }

    /** Makes every frame unused and fills it with {@link Poison#UNINITIALISED}. No other hart may run yet. */
    public void format() {
        for (int index = 0; index < range.count(); index++) {
            words.getAndBitwiseOr(freshOffset + bitmapWord(index), bit(index));
            fill(range.first() + index, Poison.UNINITIALISED.pattern());
        }
    }

    /** {@return the descriptors of the frames} */
    public FrameTable frameTable() {
        return frameTable;
    }

    /** {@return how freed frames are treated} */
    public AllocatorMode mode() {
        return mode;
    }

    /** {@return how many bits the offset within a frame has} */
    public int pageShift() {
        return pageShift;
    }

    /** {@return the number of the first frame} */
    public long firstFrame() {
        return range.first();
    }

    /** {@return how many frames there are} */
    public int frames() {
        return range.count();
    }

    /**
     * {@return whether {@code frameNumber} names a frame of this memory}
     *
     * @param frameNumber any number
     */
    public boolean contains(long frameNumber) {
        return range.contains(frameNumber);
    }

    /**
     * {@return the byte offset, in the machine's image, of the first word of a frame}
     *
     * @param frameNumber of the frame
     * @throws AddressOutsideMemory if the memory has no such frame
     */
    public long offsetOfFrame(long frameNumber) {
        return framesOffset + ((long) range.indexOf(frameNumber) << pageShift);
    }

    /**
     * {@return the byte offset, in the machine's image, of the word at {@code physicalAddress}}
     *
     * @param physicalAddress in bytes
     * @throws AddressOutsideMemory if the memory has no such address
     */
    public long offsetOf(long physicalAddress) {
        if (!range.contains(physicalAddress >>> pageShift)) {
            throw range.outside(physicalAddress);
        }
        long offsetInFrame = physicalAddress & ((1L << pageShift) - 1);
        return offsetOfFrame(physicalAddress >>> pageShift) + offsetInFrame;
    }

    /**
     * {@return the number of the frame whose words stand at {@code offset} of the image}
     *
     * @param offset in bytes, within the frames' region
     */
    public long frameAt(long offset) {
        return range.first() + ((offset - framesOffset) >> pageShift);
    }

    /**
     * {@return a frame for {@code owner}, its contents as the last user or {@link #format} left them}
     *
     * @param kind what it will be used for
     * @param owner the number of an address space, or 0
     * @throws FrameMisuse if there is none left
     */
    public long allocate(FrameKind kind, int owner) {
        long frame = tryAllocate(kind, owner);
        if (frame == NO_FRAME) {
            throw new FrameMisuse("no frame left for " + kind + " of owner " + owner + ": all " + range.count()
                    + " frames are in use or in quarantine");
        }
        return frame;
    }

    /**
     * {@return a frame, as {@link #allocate}, or {@link #NO_FRAME} if there is none: an allocation that may not wait}
     *
     * @param kind what it will be used for
     * @param owner the number of an address space, or 0
     */
    public long tryAllocate(FrameKind kind, int owner) {
        long frame = tryReallocate(kind, owner);
        return frame == NO_FRAME ? assigned(take(freshOffset, 0), kind, owner, 0) : frame;
    }

    /**
     * {@return a frame, as {@link #tryAllocate}, but only a frame that somebody had before and gave back}
     *
     * @param kind what it will be used for
     * @param owner the number of an address space, or 0
     */
    public long tryReallocate(FrameKind kind, int owner) {
        return assigned(take(recycledOffset, 0), kind, owner, 0);
    }

    /**
     * A folio of {@code 1 << order} never used frames for data, its first frame a multiple of its size.
     *
     * @param order 0 to 6
     * @param owner the number of its address space
     * @return its first frame, which counts the references
     * @throws FrameMisuse if there is none left
     */
    public long allocateFolio(int order, int owner) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("folio order must be 0.." + MAX_ORDER + ", not " + order);
        }
        long folio = take(freshOffset, order);
        if (folio == NO_FRAME) {
            throw new FrameMisuse("no " + (1 << order) + " aligned frames left for a folio of owner " + owner);
        }
        for (long tail = folio + 1; tail < folio + (1L << order); tail++) {
            frameTable.assignTail(tail, owner);
        }
        return assigned(folio, FrameKind.DATA, owner, order);
    }

    private long assigned(long frame, FrameKind kind, int owner, int order) {
        if (frame != NO_FRAME) {
            frameTable.assign(frame, kind, owner, order);
        }
        return frame;
    }

    /**
     * Gives a frame, or the folio that begins with it, back: first the descriptor says so, then every word is overwritten
     * with {@link Poison#FREED}.
     *
     * @param frameNumber of the frame, or of the folio's first one
     * @throws FrameMisuse for a double free, a pinned page, a table that is still live, a frame never handed out
     * @throws AddressOutsideMemory if the memory has no such frame
     */
    public void free(long frameNumber) {
        long end = frameNumber + (1L << frameTable.order(frameNumber));
        for (long frame = frameNumber; frame < end; frame++) {
            frameTable.markFreed(frame);
            fill(frame, Poison.FREED.pattern());
            if (mode == AllocatorMode.RECYCLE) {
                recycle(range.indexOf(frame));
            }
        }
    }

    private void recycle(int index) {
        // Full barrier: the poison is in place before the frame can be handed out; pairs with take's compareAndSet.
        words.getAndBitwiseOr(recycledOffset + bitmapWord(index), bit(index));
    }

    /**
     * Overwrites every word of a frame, one 64-bit store a word.
     *
     * @param frameNumber of the frame
     * @param value what each word becomes
     */
    public void fill(long frameNumber, long value) {
        long start = offsetOfFrame(frameNumber);
        long end = start + (1L << pageShift);
        for (long offset = start; offset < end; offset += Long.BYTES) {
            words.setOpaque(offset, value);
        }
    }

    private long take(long bitmap, int order) {
        long end = bitmap + bitmapWord(range.count() - 1);
        for (long offset = bitmap; offset <= end; offset += Long.BYTES) {
            long free = words.getOpaque(offset);
            for (long run = lowestRun(free, order); run != 0; run = lowestRun(free, order)) {
                if (words.compareAndSet(offset, free, free & ~run)) {
                    return range.first() + (offset - bitmap) * Byte.SIZE + Long.numberOfTrailingZeros(run);
                }
                free = words.getOpaque(offset);
            }
        }
        return NO_FRAME;
    }

    /** The lowest {@code 1 << order} bits of {@code free} that are all set and naturally aligned, or 0. */
    private static long lowestRun(long free, int order) {
        if (order == 0) {
            return Long.lowestOneBit(free);
        }
        int length = 1 << order;
        long run = -1L >>> (Long.SIZE - length);
        for (int start = 0; start < Long.SIZE; start += length, run <<= length) {
            if ((free & run) == run) {
                return run;
            }
        }
        return 0;
    }

    private static long bitmapWord(int index) {
        return (long) (index / Long.SIZE) * Long.BYTES;
    }

    private static long bit(int index) {
        return 1L << index;
    }
}
