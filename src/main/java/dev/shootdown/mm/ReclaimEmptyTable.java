package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import java.util.Optional;

/**
 * {@code madvise(MADV_DONTNEED)} with PT_RECLAIM (6375e95f381e): clears the leaf entries of one pte table, and takes the table
 * away too when it is empty, while other threads of the process go on faulting.
 *
 * <ol>
 *   <li>Under the table's lock, clear entries. Whoever waits gets his turn: the lock is dropped and taken again on the way.
 *   <li>With the last entry cleared, unhook the table before the lock is dropped: it is empty now, if it was so all along.
 *   <li>Otherwise look through all of its entries again, under both locks, and unhook it if they map nothing.
 *   <li>Invalidate and free.
 * </ol>
 *
 * <p>Holds {@code mmap_lock} for reading, as a fault does: nothing but the locks of tables is between the two. Confined to its
 * gather's hart.
 */
public final class ReclaimEmptyTable {
    private final AddressSpace mm;
    private final PageTables tables;
    private final MmuGather gather;
    private final PageTableLocks locks;
    private final Turns turns;
    private final Emptiness emptiness;
    private final Runnable othersTurn;

    /** When the table's lock is dropped before the last entry. */
    public enum Turns {
        /** After every page, as if {@code need_resched} were always true. */
        AFTER_EACH_PAGE,
        /** Never. */
        NEVER
    }

    /** How the zapping thread knows that the table is empty. */
    public enum Emptiness {
        /** It has cleared every entry: true only if it had the lock all along. A mistake. */
        ALL_ENTRIES_CLEARED,
        /** It looked again, with the pmd's lock only, which keeps no fault out of the table. A mistake. */
        RESCANNED_UNDER_PMD_LOCK,
        /** It had the lock all along, or looked again under both locks. */
        RESCANNED_UNDER_BOTH_LOCKS
    }

    /**
     * Zaps parts of {@code mm} with {@code gather}.
     *
     * @param mm pages may be faulted into it meanwhile
     * @param gather of the unmapping hart, over the same address space
     * @param turns who comes first, where that is fixed
     * @param emptiness how the table is known to be empty
     * @param othersTurn called where the lock was dropped for others, before it is taken again; takes no part in the protocol
     */
    public ReclaimEmptyTable(AddressSpace mm, MmuGather gather, Turns turns, Emptiness emptiness, Runnable othersTurn) {
        this.mm = mm;
        this.tables = mm.tables();
        this.gather = gather;
        this.locks = new PageTableLocks(gather.hart().machine());
        this.turns = turns;
        this.emptiness = emptiness;
        this.othersTurn = othersTurn;
    }

    /**
     * Gives up all pages of the pte table that translates {@code virtualAddress}, and the table.
     *
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("zap_page_range_single")
    public void zap(long virtualAddress) {
        gather.begin();
        long pmdOffset = mm.parentOf(virtualAddress, TableLevel.PTE);
        long table = Pte.ppn(tables.load(pmdOffset));
        Optional<DetachedTable> detached = zapAll(table, pmdOffset, virtualAddress);
        if (detached.isEmpty()) {
            detached = unhookIfEmpty(table, pmdOffset);
        }
        detached.ifPresent(each -> gather.freeTable(each, virtualAddress));
        gather.finish();
    }

    /** Answers the table if it could be unhooked in the same hold of its lock as its last entry was passed. */
    @Mirrors("zap_pte_range")
    private Optional<DetachedTable> zapAll(long table, long pmdOffset, long virtualAddress) {
        Optional<DetachedTable> detached = Optional.empty();
        int entries = tables.shape().entries();
        int index = 0;
        while (index < entries) {
            boolean firstHold = index == 0;
            locks.lockPte(table);
            index = zapFrom(index, table, virtualAddress);
            if (index == entries && (firstHold || emptiness == Emptiness.ALL_ENTRIES_CLEARED)) {
                detached = tryUnhook(pmdOffset);
            }
            locks.unlockPte(table);
            if (index < entries) {
                condResched();
            }
        }
        return detached;
    }

    @Mirrors("cond_resched")
    private void condResched() {
        othersTurn.run();
    }

    /** Clears entries until it is somebody else's turn, and answers the index of the next one. */
    private int zapFrom(int first, long table, long virtualAddress) {
        long base = virtualAddress & -VirtualAddress.tableSpan(0, tables.shape());
        int index = first;
        boolean myTurn = true;
        while (index < tables.shape().entries() && myTurn) {
            myTurn = !zapEntry(
                            entry(table, index),
                            base + (long) index * tables.shape().bytes())
                    || turns == Turns.NEVER;
            index++;
        }
        return index;
    }

    /** Answers whether a page was mapped. It is only queued here: under a lock nobody may wait for other harts. */
    @Mirrors("zap_present_ptes")
    private boolean zapEntry(long pteOffset, long virtualAddress) {
        boolean present = Pte.isPresent(tables.load(pteOffset));
        if (present) {
            gather.removeLeaf(Pte.ppn(tables.getAndClear(pteOffset)), virtualAddress, 0);
        }
        return present;
    }

    @Mirrors("try_get_and_clear_pmd")
    private Optional<DetachedTable> tryUnhook(long pmdOffset) {
        if (!locks.tryLockPmd()) {
            return Optional.empty();
        }
        DetachedTable detached = tables.unhook(pmdOffset, 0);
        locks.unlockPmd();
        return Optional.of(detached);
    }

    @Mirrors("try_to_free_pte")
    private Optional<DetachedTable> unhookIfEmpty(long table, long pmdOffset) {
        locks.lockPmd();
        Optional<DetachedTable> detached = switch (emptiness) {
            case ALL_ENTRIES_CLEARED, RESCANNED_UNDER_PMD_LOCK -> unhookIfMapsNothing(table, pmdOffset);
            case RESCANNED_UNDER_BOTH_LOCKS -> {
                locks.lockPte(table);
                Optional<DetachedTable> rescanned = unhookIfMapsNothing(table, pmdOffset);
                locks.unlockPte(table);
                yield rescanned;
            }
        };
        locks.unlockPmd();
        return detached;
    }

    private Optional<DetachedTable> unhookIfMapsNothing(long table, long pmdOffset) {
        for (int index = 0; index < tables.shape().entries(); index++) {
            if (Pte.isPresent(tables.load(entry(table, index)))) {
                // Who filled it came in while the lock was dropped: the table would have been freed under it.
                gather.hart().noteWalkUnderWay();
                return Optional.empty();
            }
        }
        return Optional.of(tables.unhook(pmdOffset, 0));
    }

    private long entry(long table, int index) {
        return tables.memory().offsetOfFrame(table) + (long) index * Long.BYTES;
    }
}
