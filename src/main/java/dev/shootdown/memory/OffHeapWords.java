package dev.shootdown.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * Words in off-heap memory, accessed by the processor's own instructions.
 *
 * <p>The memory is freed when the last reference to this object is gone. Waits spin, then yield, and expire after the
 * bound given.
 */
public final class OffHeapWords implements Words {
    /** How long {@link #await} waits unless told otherwise. */
    public static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
    /**
     * All of memory, as a constant: then a compiler folds away what a segment checks at every access, and the one check left
     * is ours ({@link #at}). The image itself stays alive as long as this object can be reached, which is
     * for its user to see to until the last access has returned: a machine does, which whoever makes an access has at hand.
     */
    private static final MemorySegment ALL = everything();

    private static final int SPINS_BEFORE_YIELDING = 256;

    private final MemorySegment image;
    private final long base;
    private final long lastWord;
    private final ImageLayout layout;
    private final long boundNanos;

    /**
     * Zeroed words for {@code layout}, whose waits expire after {@link #DEFAULT_BOUND}.
     *
     * @param layout says how many words; read-only from now on
     */
    public OffHeapWords(ImageLayout layout) {
        this(layout, DEFAULT_BOUND);
    }

    /**
     * Zeroed words for {@code layout}, whose waits expire after {@code bound}.
     *
     * @param layout says how many words; read-only from now on
     * @param bound how long {@link #await} and {@link #awaitAndUpdate} wait before they throw
     */
    public OffHeapWords(ImageLayout layout, Duration bound) {
        this(Arena.ofAuto().allocate(layout.bytes(), layout.alignment()), layout, bound);
    }

    private OffHeapWords(MemorySegment image, ImageLayout layout, Duration bound) {
        this.image = image;
        this.base = image.address();
        this.lastWord = image.byteSize() - Long.BYTES;
        this.layout = layout;
        this.boundNanos = bound.toNanos();
    }

    /**
     * Words of the same layout and bound, in memory of their own that holds the same values.
     *
     * @return the copy, which shares nothing with this image
     */
    public OffHeapWords copy() {
        OffHeapWords copy = new OffHeapWords(layout, Duration.ofNanos(boundNanos));
        copy.copyFrom(this);
        return copy;
    }

    /**
     * Overwrites every word with {@code template}'s. No hart may use this image meanwhile.
     *
     * @param template words of the same layout; it is only read
     */
    public void copyFrom(OffHeapWords template) {
        MemorySegment.copy(template.image, 0, image, 0, image.byteSize());
    }

    /** {@return the address of the first byte, a multiple of the cache line: what the layout's separation rests on} */
    public long baseAddress() {
        return image.address();
    }

    @SuppressWarnings("restricted") // reached through at() only, which keeps to the image
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /** The address of a word, after the bounds check that {@link #ALL} does not make for us. */
    private long at(long offset) {
        if (Long.compareUnsigned(offset, lastWord) > 0) {
            throw outside(offset);
        }
        return base + offset;
    }

    private IndexOutOfBoundsException outside(long offset) {
        return new IndexOutOfBoundsException(
                "offset " + offset + " is outside the image's words at 0.." + lastWord + " in steps of 8");
    }

    @Override
    public long get(long offset) {
        return (long) WORD.get(ALL, at(offset));
    }

    @Override
    public void set(long offset, long value) {
        WORD.set(ALL, at(offset), value);
    }

    @Override
    public long getOpaque(long offset) {
        return (long) WORD.getOpaque(ALL, at(offset));
    }

    @Override
    public void setOpaque(long offset, long value) {
        WORD.setOpaque(ALL, at(offset), value);
    }

    @Override
    public long getAcquire(long offset) {
        return (long) WORD.getAcquire(ALL, at(offset));
    }

    @Override
    public void setRelease(long offset, long value) {
        WORD.setRelease(ALL, at(offset), value);
    }

    @Override
    public long getVolatile(long offset) {
        return (long) WORD.getVolatile(ALL, at(offset));
    }

    @Override
    public void setVolatile(long offset, long value) {
        WORD.setVolatile(ALL, at(offset), value);
    }

    @Override
    public boolean compareAndSet(long offset, long expected, long value) {
        return WORD.compareAndSet(ALL, at(offset), expected, value);
    }

    @Override
    public long getAndSet(long offset, long value) {
        return (long) WORD.getAndSet(ALL, at(offset), value);
    }

    @Override
    public long getAndAdd(long offset, long delta) {
        return (long) WORD.getAndAdd(ALL, at(offset), delta);
    }

    @Override
    public long getAndBitwiseOr(long offset, long mask) {
        return (long) WORD.getAndBitwiseOr(ALL, at(offset), mask);
    }

    @Override
    public long getAndBitwiseAnd(long offset, long mask) {
        return (long) WORD.getAndBitwiseAnd(ALL, at(offset), mask);
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        long value = getAcquire(offset);
        return condition.holds(value, operand) ? value : spin(offset, condition, operand);
    }

    @Override
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        for (; ; ) {
            long before = await(offset, condition, awaited);
            long after = update.apply(before, operand);
            if (after == before || compareAndSet(offset, before, after)) {
                return before;
            }
        }
    }

    private long spin(long offset, Condition condition, long operand) {
        long started = System.nanoTime();
        for (int spins = 0; ; spins++) {
            long value = getAcquire(offset);
            if (condition.holds(value, operand)) {
                return value;
            }
            pause(spins);
            if ((spins & 0xFF) == 0xFF && System.nanoTime() - started > boundNanos) {
                throw expired(offset, value, condition.describe(operand));
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // with fewer processors than harts, somebody else must get to run
    private static void pause(int spins) {
        if (spins < SPINS_BEFORE_YIELDING) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private WaitExpired expired(long offset, long value, String awaited) {
        return new WaitExpired("waited " + boundNanos / 1_000_000 + " ms for " + layout.nameOf(offset) + " to be "
                + awaited + ", it is 0x" + Long.toHexString(value) + "; words that are not zero:\n" + dump());
    }

    /** {@return every word that is not zero, one a line, by name} */
    public String dump() {
        StringBuilder lines = new StringBuilder();
        for (ImageLayout.Region region : layout.regions()) {
            for (long offset = region.offset(); offset < region.end(); offset += Long.BYTES) {
                long value = getOpaque(offset);
                if (value != 0) {
                    lines.append(String.format("  %-24s 0x%016x%n", layout.nameOf(offset), value));
                }
            }
        }
        return lines.toString();
    }
}
