package dev.shootdown.walk;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.PageTables;

/**
 * {@code get_user_pages_fast} for one page: a walk that only an interrupts-off section protects.
 *
 * <ol>
 *   <li>FOLL_PIN: load {@code write_protect_seq}; odd means that a fork copies the tables, so give up.
 *   <li>{@code local_irq_save}.
 *   <li>Descend; pin; re-check ({@link TableDescent}).
 *   <li>{@code local_irq_restore}.
 *   <li>FOLL_PIN: load the sequence again; if it moved, drop the pin.
 * </ol>
 *
 * <p>Safe only if whoever frees a table waits for interrupts-off sections: by a waited S-mode interrupt or an RCU grace
 * period. Confined to its hart's thread.
 */
public final class FastGup {
    private final Hart hart;
    private final PageTables tables;
    private final PinFlags flags;
    private final TableDescent descent;
    private final Words words;

    /**
     * A walker of {@code tables} on {@code hart}, exactly as the kernel's.
     *
     * @param hart the one whose thread walks
     * @param tables of the address space to walk
     * @param flags which reference is taken
     */
    public FastGup(Hart hart, PageTables tables, PinFlags flags) {
        this(hart, tables, flags, Recheck.PMD_AND_PTE, WalkProbe.NONE);
    }

    /**
     * A walker that may leave out a re-check, and that {@code probe} looks at.
     *
     * @param hart the one whose thread walks
     * @param tables of the address space to walk
     * @param flags which reference is taken
     * @param recheck what is loaded again once the page is pinned
     * @param probe told of each step, for timing and statistics
     */
    public FastGup(Hart hart, PageTables tables, PinFlags flags, Recheck recheck, WalkProbe probe) {
        this.hart = hart;
        this.tables = tables;
        this.flags = flags;
        this.descent = new TableDescent(tables, flags, recheck, probe);
        this.words = hart.machine().words();
    }

    /**
     * Pins the page at {@code virtualAddress}. A page that is {@link WalkOutcome#PINNED} stays so until {@link #unpin}.
     *
     * @param virtualAddress any address of the page, canonical
     * @return how the walk ended
     * @throws IllegalArgumentException if the address is not canonical
     * @throws IllegalStateException if the hart has interrupts off already
     */
    @Mirrors("gup_fast")
    public WalkOutcome pin(long virtualAddress) {
        return flags == PinFlags.FOLL_PIN ? pinUnlessForking(virtualAddress) : pinOnce(virtualAddress);
    }

    private WalkOutcome pinUnlessForking(long virtualAddress) {
        // Acquire: the walk's loads come after; pairs with the fork's write side, which makes the sequence odd first.
        long sequence = words.getAcquire(tables.writeProtectSeqOffset());
        if ((sequence & 1) != 0) {
            return WalkOutcome.RETRY;
        }
        WalkOutcome outcome = pinOnce(virtualAddress);
        // The section's exit was a full barrier: the walk's loads came before. Pairs with the fork's write side.
        if (words.getOpaque(tables.writeProtectSeqOffset()) != sequence && outcome == WalkOutcome.PINNED) {
            unpin();
            return WalkOutcome.RETRY;
        }
        return outcome;
    }

    private WalkOutcome pinOnce(long virtualAddress) {
        try (InterruptsOff section = hart.interruptsOff()) {
            return walk(section, virtualAddress);
        }
    }

    /**
     * {@return how a walk ends in a section that the caller opened; FOLL_PIN's look at the sequence is left out}
     *
     * @param section this hart's, open
     * @param virtualAddress any address of the page, canonical
     */
    public WalkOutcome walk(InterruptsOff section, long virtualAddress) {
        section.requireOpen();
        return descent.pin(virtualAddress);
    }

    /** Drops the reference that the last walk took, if it took one. */
    public void unpin() {
        descent.unpin();
    }

    /** {@return what the last walk went through} */
    public TableDescent descent() {
        return descent;
    }
}
