package dev.shootdown.pagetable;

import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Poison;
import dev.shootdown.memory.Words;
import dev.shootdown.riscv.Pte;

/**
 * How lockless walkers load entries, and the oracle that watches them.
 *
 * <p>A value that no entry of this address space can have is remembered as the walk's finding, and the walker is told that
 * the entry maps nothing: it stops, and nobody follows a poisoned pointer. One reader a walker; confined to its thread.
 */
public final class EntryReader {
    /** What {@link #entryOffset} answers for a table outside memory. */
    public static final long OUTSIDE_MEMORY = -1;

    private static final int NO_LEVEL = -1;

    private final PageTables tables;
    private final PhysicalMemory memory;
    private final Words words;
    private Poison finding = Poison.NONE;
    private int findingLevel = NO_LEVEL;
    private boolean outsideMemory;

    public EntryReader(PageTables tables) {
        this.tables = tables;
        this.memory = tables.memory();
        this.words = tables.words();
    }

    /** Forgets what earlier walks found. */
    public void begin() {
        finding = Poison.NONE;
        findingLevel = NO_LEVEL;
        outsideMemory = false;
    }

    /** As {@link PageTables#entryOffset}; a frame that memory does not have is a finding, not an exception. */
    public long entryOffset(long table, int level, long virtualAddress) {
        if (memory.contains(table)) {
            return tables.entryOffset(table, level, virtualAddress);
        }
        outsideMemory = true;
        findingLevel = level;
        return OUTSIDE_MEMORY;
    }

    /** Loads the entry at {@code entryOffset} in a table of {@code level}, once; a poisoned one reads as not present. */
    public long load(long entryOffset, int level) {
        // Acquire: pairs with PageTables.publish's release; who sees the entry sees the table's contents. The kernel relies
        // on the address dependency instead.
        long entry = words.getAcquire(entryOffset);
        Poison poison = Poison.of(entry);
        return poison == Poison.NONE ? entry : report(poison, level);
    }

    private long report(Poison poison, int level) {
        if (finding == Poison.NONE) {
            finding = poison;
            findingLevel = level;
        }
        return Pte.NONE;
    }

    /** The first pattern that a load of this walk met, or {@link Poison#NONE}. */
    public Poison finding() {
        return finding;
    }

    /** The level of the table in which it was met, or -1. */
    public int findingLevel() {
        return findingLevel;
    }

    /** Whether this walk was led to a table outside memory. */
    public boolean wentOutsideMemory() {
        return outsideMemory;
    }
}
