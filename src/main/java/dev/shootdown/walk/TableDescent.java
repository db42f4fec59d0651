package dev.shootdown.walk;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;

/**
 * One lockless descent from the root to a page, and the pin: {@code gup_fast_pgd_range} and what it calls.
 *
 * <p>Whoever uses it opens the section that is meant to keep the tables alive. Confined to one thread; after a walk it
 * tells what was pinned and which tables were entered.
 */
public final class TableDescent extends EntryReader implements WalkTrace {
    private static final int MAX_LEVELS = 5;
    private static final long NOT_ENTERED = 0;
    private static final int NOWHERE = -1;

    private final PageTables tables;
    private final FrameTable frameTable;
    private final boolean rechecksPmd;
    private final boolean rechecksPte;
    private final int references;
    private final int owner;
    private final WalkProbe probe;
    /** Whether the probe does anything: a walk that nobody watches pays for a branch, not for calls. */
    private final boolean isWatched;

    private final TableGuard guard;
    /** Whether the guard does anything; as for the probe. */
    private final boolean isGuarded;

    /** The level of the table that the guard kept the walk out of, or {@link #NOWHERE}. */
    private int turnedAwayFrom;

    private final int rootLevel;
    private final int unusedBits;
    private final long[] entered = new long[MAX_LEVELS];
    private int lowestEntered = MAX_LEVELS;
    /** Where the entry is at which the descent ended, and the entry that led to its table. */
    private long entryOffset;

    private long parent;
    private long parentOffset;
    private long pinned;
    private long pinnedPage;

    TableDescent(PageTables tables, PinFlags flags, Recheck recheck, WalkProbe probe) {
        super(tables, tables.otherLives());
        this.tables = tables;
        this.frameTable = tables.frameTable();
        this.rechecksPmd = recheck.coversPmd();
        this.rechecksPte = recheck.coversPte();
        this.references = flags.references();
        this.owner = tables.owner();
        this.probe = probe;
        this.isWatched = !probe.equals(WalkProbe.NONE);
        this.guard = TableGuard.of(tables);
        this.isGuarded = guard != NoGuard.INSTANCE;
        this.rootLevel = tables.mode().rootLevel();
        this.unusedBits = Long.SIZE - VirtualAddress.bits(tables.mode(), tables.shape());
    }

    /**
     * Walks to {@code virtualAddress} and pins the page there.
     *
     * @throws IllegalArgumentException if the address is not canonical
     */
    WalkOutcome pin(long virtualAddress) {
        if ((virtualAddress << unusedBits) >> unusedBits != virtualAddress) {
            throw notCanonical(virtualAddress);
        }
        begin();
        pinned = 0;
        WalkOutcome outcome = isGuarded ? pinGuarded(virtualAddress) : pinUnguarded(virtualAddress);
        return findingLevel() < 0 ? outcome : WalkOutcome.ofFinding(this, outcome);
    }

    private WalkOutcome pinUnguarded(long virtualAddress) {
        WalkOutcome outcome = pinLeaf(descend(virtualAddress), virtualAddress);
        if (isWatched) {
            probe.sectionEnds(this);
        }
        return outcome;
    }

    private WalkOutcome pinGuarded(long virtualAddress) {
        turnedAwayFrom = NOWHERE;
        guard.begin();
        WalkOutcome outcome = pinUnguarded(virtualAddress);
        guard.end();
        if (guard.wroteFreedTable()) {
            return WalkOutcome.WROTE_FREED_TABLE;
        }
        return turnedAwayFrom == NOWHERE ? outcome : WalkOutcome.RETRY;
    }

    private IllegalArgumentException notCanonical(long virtualAddress) {
        return new IllegalArgumentException(
                "0x" + Long.toHexString(virtualAddress) + " is not canonical under " + tables.mode());
    }

    /** Follows pointers down to the first entry that is none, and answers that one; {@link #lowestEntered} says where. */
    @Mirrors("gup_fast_pgd_range")
    private long descend(long virtualAddress) {
        long table = rootFrame();
        lowestEntered = rootLevel + 1;
        for (int level = rootLevel; ; level--) {
            long offset = entryOffset(table, level, virtualAddress);
            if (offset == OUTSIDE_MEMORY) {
                return Pte.NONE;
            }
            if (isWatched) {
                probe.nextStep(level);
            }
            if (isGuarded && turnsAway(table, level)) {
                return Pte.NONE;
            }
            enter(table, level);
            long entry = load(offset, level);
            if (level == 0 || !Pte.isPointer(entry)) {
                entryOffset = offset;
                return entry;
            }
            parent = entry;
            parentOffset = offset;
            table = Pte.ppn(entry);
        }
    }

    /** Nobody guards the root: whoever walks has it. */
    private boolean turnsAway(long table, int level) {
        boolean refused = level < rootLevel && !guard.admit(table, level, this, parentOffset, parent);
        if (refused) {
            turnedAwayFrom = level;
        }
        return refused;
    }

    private void enter(long table, int level) {
        entered[level] = table;
        lowestEntered = level;
    }

    private WalkOutcome pinLeaf(long entry, long virtualAddress) {
        if (!Pte.isPresent(entry) || !Pte.isLeaf(entry)) {
            // Not present, or a last-level entry without permissions: pte_access_permitted refuses it.
            return WalkOutcome.NOT_PRESENT;
        }
        return lowestEntered == 0 ? pinPte(entry) : pinHuge(entry, virtualAddress);
    }

    @Mirrors("gup_fast_pte_range")
    private WalkOutcome pinPte(long pte) {
        long frame = Pte.ppn(pte);
        if (!take(frame)) {
            return WalkOutcome.RETRY;
        }
        // The re-checks come after the reference (tryGet's full barrier). Pairs with the unmapper, which clears the
        // entry before it drops the mapping's reference: either we see the change, or it sees our reference.
        boolean pmdChanged = rechecksPmd && load(parentOffset, 1) != parent;
        if (pmdChanged || (rechecksPte && load(entryOffset, 0) != pte)) {
            return giveUp(frame);
        }
        return keep(frame, frame);
    }

    /** A leaf at the pmd or pud level re-checks only itself. The reference is counted on the first frame, its folio. */
    @Mirrors("gup_fast_pmd_leaf, gup_fast_pud_leaf")
    private WalkOutcome pinHuge(long entry, long virtualAddress) {
        int level = lowestEntered;
        if (level > TableLevel.PUD.level()) {
            return WalkOutcome.RETRY;
        }
        long folio = Pte.ppn(entry);
        if (!take(folio)) {
            return WalkOutcome.RETRY;
        }
        if (load(entryOffset, level) != entry) {
            return giveUp(folio);
        }
        return keep(folio, folio + frameWithin(virtualAddress, level));
    }

    private long frameWithin(long virtualAddress, int level) {
        TableShape shape = tables.shape();
        return (virtualAddress & (VirtualAddress.entrySpan(level, shape) - 1)) >>> shape.pageShift();
    }

    @Mirrors("try_get_folio")
    private boolean take(long frame) {
        if (isWatched) {
            probe.nextStep(WalkProbe.PIN);
        }
        return hasFrame(frame) && frameTable.tryGet(frame, references);
    }

    private WalkOutcome keep(long folio, long frame) {
        pinned = folio;
        pinnedPage = frame;
        // Our reference keeps the frame's owner from changing: what is seen here is what was pinned.
        return frameTable.owner(folio) == owner ? WalkOutcome.PINNED : WalkOutcome.PINNED_FOREIGN_PAGE;
    }

    private WalkOutcome giveUp(long frame) {
        drop(frame);
        return WalkOutcome.RETRY;
    }

    /** Drops the reference that the last walk took, if it took one; frees the page if it was the last. */
    @Mirrors("unpin_user_page")
    void unpin() {
        if (pinned != 0) {
            drop(pinned);
            pinned = 0;
        }
    }

    private void drop(long frame) {
        if (frameTable.put(frame, references) == 0) {
            tables.memory().free(frame);
        }
    }

    @Override
    public long enteredTable(int level) {
        return level >= lowestEntered && level <= rootLevel ? entered[level] : NOT_ENTERED;
    }

    @Override
    public boolean wasTurnedAway(int level) {
        return isGuarded && turnedAwayFrom == level;
    }

    /** {@return the frame that holds the byte walked to, if the last walk ended {@link WalkOutcome#PINNED}} */
    public long pinnedFrame() {
        return pinnedPage;
    }

    /** {@return the tables walked} */
    public PageTables tables() {
        return tables;
    }
}
