package dev.shootdown.pagetable;

import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Poison;
import dev.shootdown.memory.Words;
import dev.shootdown.riscv.Pte;

/**
 * How lockless walkers load entries, and the oracle that watches them.
 *
 * <p>A value that no entry of this address space can have is remembered as the walk's finding, and the walker is told that
 * the entry maps nothing: it stops, and nobody follows a poisoned pointer. A walker has one, or is one; confined to its
 * thread.
 */
public class EntryReader {
    /** What {@link #entryOffset} answers for a table outside memory. */
    public static final long OUTSIDE_MEMORY = -1;

    private static final int NO_LEVEL = -1;

    private final Words words;
    private final long firstFrame;
    private final int frames;
    /** Where frame number 0 would be, so that an entry's place takes one shift and one addition after its table is known. */
    private final long frameZero;

    private final long rootOffset;
    private final int pageShift;
    private final int indexBits;
    private final int indexMask;
    /** The first poisoned word, as it was loaded: to store a reference would cost a barrier of the garbage collector. */
    private long poisoned = Pte.NONE;

    private int findingLevel = NO_LEVEL;
    private boolean outsideMemory;

    private final OtherLives otherLives;

    /** What a walker makes of an entry that its table holds in another life. */
    public enum OtherLives {
        /** It must not have read that. */
        FORBIDDEN,
        /** It cannot tell, and goes on: what it finds must not count, because it looks at the parent entry again. */
        UNSEEN
    }

    /**
     * A reader of tables, with all that address arithmetic needs at hand: nothing here is looked up twice in a walk.
     *
     * @param tables of the address space that is read
     */
    public EntryReader(PageTables tables) {
        this(tables, OtherLives.FORBIDDEN);
    }

    /**
     * The same of a walker that looks again.
     *
     * @param tables of the address space that is read
     * @param otherLives what to make of tables in another life
     */
    protected EntryReader(PageTables tables, OtherLives otherLives) {
        this.otherLives = otherLives;
        PhysicalMemory memory = tables.memory();
        this.words = tables.words();
        this.rootOffset = tables.rootOffset();
        this.firstFrame = memory.firstFrame();
        this.frames = memory.frames();
        this.pageShift = memory.pageShift();
        this.frameZero = memory.offsetOfFrame(firstFrame) - (firstFrame << pageShift);
        this.indexBits = tables.shape().indexBits();
        this.indexMask = tables.shape().entries() - 1;
    }

    /** Forgets what earlier walks found. */
    public final void begin() {
        poisoned = Pte.NONE;
        findingLevel = NO_LEVEL;
        outsideMemory = false;
    }

    /** {@return the frame of the root table, as of {@link PageTables#rootFrame}} */
    public final long rootFrame() {
        return words.getOpaque(rootOffset);
    }

    /**
     * {@return the offset as of {@link PageTables#entryOffset}; a frame that memory does not have is a finding, not an
     * exception}
     *
     * @param table its frame's number, as an entry says
     * @param level 0 for a pte table
     * @param virtualAddress of the walk
     */
    public final long entryOffset(long table, int level, long virtualAddress) {
        if (hasFrame(table)) {
            long index = (virtualAddress >>> (pageShift + level * indexBits)) & indexMask;
            return frameZero + index * Long.BYTES + (table << pageShift);
        }
        outsideMemory = true;
        findingLevel = level;
        return OUTSIDE_MEMORY;
    }

    /**
     * {@return whether memory has a frame of that number}
     *
     * @param frameNumber any number
     */
    public final boolean hasFrame(long frameNumber) {
        return Long.compareUnsigned(frameNumber - firstFrame, frames) < 0;
    }

    /**
     * {@return the entry at {@code entryOffset}, loaded once; a poisoned one reads as not present}
     *
     * @param entryOffset from {@link #entryOffset}, this walk's
     * @param level of the table it is loaded from, for the report
     */
    public final long load(long entryOffset, int level) {
        // Acquire: pairs with PageTables.publish's release; who sees the entry sees the table's contents. The kernel
        // relies on the address dependency instead.
        long entry = words.getAcquire(entryOffset);
        return Poison.of(entry) == Poison.NONE ? entry : report(entry, level);
    }

    /**
     * Sets bits of an entry, if it still is as it was loaded.
     *
     * @param entryOffset from {@link #entryOffset}, this walk's
     * @param loaded what {@link #load} gave
     * @param changed what it becomes
     * @return whether it was
     */
    public final boolean update(long entryOffset, long loaded, long changed) {
        // Full barrier: the update comes after the load of the entry; pairs with PageTables.getAndClear, which takes
        // the bits along.
        return words.compareAndSet(entryOffset, loaded, changed);
    }

    private long report(long entry, int level) {
        if (otherLives == OtherLives.UNSEEN && Poison.of(entry) == Poison.FOREIGN) {
            return Poison.strip(entry);
        }
        if (poisoned == Pte.NONE) {
            poisoned = entry;
            findingLevel = level;
        }
        return Pte.NONE;
    }

    /** {@return the first pattern that a load of this walk met, or {@link Poison#NONE}} */
    public final Poison finding() {
        return Poison.of(poisoned);
    }

    /** {@return the level of the table in which it was met, or -1} */
    public final int findingLevel() {
        return findingLevel;
    }

    /** {@return whether this walk was led to a table outside memory} */
    public final boolean wentOutsideMemory() {
        return outsideMemory;
    }
}
