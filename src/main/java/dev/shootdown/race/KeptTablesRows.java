package dev.shootdown.race;

import static dev.shootdown.race.Circumstances.anywhere;
import static dev.shootdown.race.Circumstances.over;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.DEPOSIT;
import static dev.shootdown.race.Freeings.DEPOSIT_SYNC_IPI;
import static dev.shootdown.race.Freeings.DEPOSIT_SYNC_RCU;
import static dev.shootdown.race.Freeings.LOCK;
import static dev.shootdown.race.Freeings.LOCK_ENTRY_BEFORE;
import static dev.shootdown.race.Freeings.LOCK_FREER_ONLY;
import static dev.shootdown.race.Freeings.LOCK_IN_TABLE;
import static dev.shootdown.race.Freeings.MM_EXIT;
import static dev.shootdown.race.Freeings.MM_EXIT_UNPINNED;
import static dev.shootdown.race.Freeings.REUSE_IN_PLACE;
import static dev.shootdown.race.Freeings.REUSE_IN_PLACE_SYNC_IPI;
import static dev.shootdown.race.Freeings.REUSE_IN_PLACE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_COUNT;
import static dev.shootdown.race.Freeings.TABLE_COUNT_BLIND;
import static dev.shootdown.race.Freeings.TABLE_COUNT_IN_TABLE;
import static dev.shootdown.race.Freeings.TABLE_COUNT_UNCHECKED;
import static dev.shootdown.race.Freeings.TYPE_STABLE;
import static dev.shootdown.race.Freeings.WORKER;
import static dev.shootdown.race.Freeings.WORKER_BEFORE_FLUSH;
import static dev.shootdown.race.Protection.ENTERS_AFTER_UNHOOK;
import static dev.shootdown.race.Protection.GRACE_PERIOD;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Protection.SECOND_LOOK;
import static dev.shootdown.race.Protection.WAITED_INTERRUPT;
import static dev.shootdown.race.Protection.WALKERS_HOLD;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Shootdowns.LAZY_SKIP;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE_POSTED;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.WalkerPresence.PRESENT;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;
import static dev.shootdown.walk.Recheck.PMD_AND_PTE;
import static dev.shootdown.walk.Recheck.PTE_ONLY;

import java.util.List;

/**
 * Columns a and b of the truth table for strategies that keep tables, or that ask something of the walker: a pin, a reference, the
 * lock, a second look. To the hardware, which does none of these, they are strategies like any other.
 */
final class KeptTablesRows {
    private static final List<Freeings> SYNC_IPI = List.of(DEPOSIT_SYNC_IPI, REUSE_IN_PLACE_SYNC_IPI);
    /** What nobody is waited for but by the flush. */
    private static final List<Freeings> NEXT_LIFE = List.of(REUSE_IN_PLACE, TYPE_STABLE);

    private static final List<Freeings> SYNC_RCU = List.of(DEPOSIT_SYNC_RCU, REUSE_IN_PLACE_SYNC_RCU);

    private static final String COLLAPSE_SYNC = "2ba99c5e0881";
    private static final String UNSHARE = "1013af4f585f";
    private static final String WORK = "e37d5a2d60a3";
    private static final String TYPESAFE = "SLAB_TYPESAFE_BY_RCU, include/linux/slab.h, Linux 7.0";
    private static final String COUNT = "Documentation/core-api/refcount-vs-atomic.rst, Linux 7.0";
    private static final String MMGET = "mmget_not_zero, Linux 7.0";
    private static final String PTL = "__pte_offset_map_lock, mm/pgtable-generic.c, Linux 7.0";

    /** Where the flush itself waits for walkers with interrupts off, or cannot miss them. */
    private static final List<Circumstances> FLUSH_WAITS = List.of(
            over(S_MODE_IPI, LOCAL_ONLY).inMask(),
            over(PARAVIRTUAL, LAZY_SKIP).inMask().when(PRESENT));

    /** Where the flush skips a hart that can only walk after the unhook. */
    private static final Circumstances LAZY = over(LAZY_SKIP).inMask().when(WalkerPresence.LAZY);

    /** Everywhere else. */
    private static final List<Circumstances> FLUSH_DOES_NOT_WAIT = List.of(
            over(S_MODE_IPI, LOCAL_ONLY, LAZY_SKIP, PARAVIRTUAL).notInMask(),
            over(PARAVIRTUAL).inMask().when(DESCHEDULED),
            over(SBI_RFENCE, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, BROADCAST_UNSYNCED));

    private static final Expectation WAITED =
            safe("the flush came first, and waited for walkers with interrupts off", Column.PATCH);
    private static final Expectation INTERRUPTED =
            safe("every hart was interrupted, in S-mode, before the table went on", COLLAPSE_SYNC);
    private static final Expectation GRACE = safe("a grace period came before the table went on", Column.SYNC_RCU);
    private static final Expectation DEPOSITED = unsafe(
            "the table is withdrawn and freed while the walk goes on: no re-check keeps it alive", COLLAPSE_SYNC);
    private static final Expectation ANOTHER_LIFE =
            unsafe("the walk goes on in a table of another address space, and pins a page of that", UNSHARE);
    private static final Expectation ABOVE = unsafe(
            "of the entries above, a leaf re-checks only itself: nobody looks at the one that led to its table",
            UNSHARE);
    private static final Expectation LOOKED_AGAIN =
            safe("what was read in another life is given up, because the parent entry has changed", TYPESAFE);
    private static final Expectation REFERENCE = safe(
            "the reference was taken before the parent entry was loaded again: the table is the one it led to", COUNT);
    private static final Expectation OTHER_COUNT = unsafe("the reference is one to the table's next life", COUNT);
    private static final Expectation STAYS_ZERO =
            safe("nobody counts the frame as a table again, so no reference can be taken", COUNT);
    private static final Expectation FROM_ZERO =
            unsafe("a reference is taken to a table that had none left; dropped, it frees the table once more", COUNT);
    private static final Expectation COUNT_GONE =
            unsafe("the walker takes a reference by a count that was freed with the table", COUNT);
    private static final Expectation PINNED_MM = safe("the tables go with the last user, and the walker is one", MMGET);
    private static final Expectation MM_GONE = unsafe("the address space ends in the middle of the walk", MMGET);
    private static final Expectation WORKED =
            unsafe("the worker waits for no walker: an invalidation is no grace period", WORK);
    private static final Expectation WORKED_EARLY =
            unsafe("the worker frees before the flush, which then has nobody left to wait for", WORK);
    private static final Expectation UNDER_LOCK = safe(
            "the freer takes the lock after the unhook: walks under it are over, later ones see the entry cleared",
            PTL);
    private static final Expectation LOCKED_LATE =
            unsafe("the lock was free again, and the table freed, before the walker with the old entry took it", PTL);
    private static final Expectation LOCK_UNASKED =
            unsafe("the freer finds the lock free in the middle of a walk, because the walker does not take it", PTL);
    private static final Expectation LOCK_GONE = unsafe("the walker takes a lock that was freed with the table", PTL);

    private KeptTablesRows() {}

    /** Of walkers with interrupts off. */
    static List<TruthTable.Row> interruptsOff() {
        Column a = new Column(FAST_GUP);
        a.add(SYNC_IPI, anywhere().rechecking(PMD_AND_PTE, PTE_ONLY), WAITED_INTERRUPT, INTERRUPTED);
        FLUSH_WAITS.forEach(where -> byTheFlush(a, where, WAITED_INTERRUPT, WAITED));
        byTheFlush(a, LAZY, ENTERS_AFTER_UNHOOK, InterruptsOffColumn.LAZY_ENTERS);
        FLUSH_DOES_NOT_WAIT.forEach(where -> flushDoesNotWait(a, where));
        FLUSH_DOES_NOT_WAIT.forEach(where -> onlyInNextLife(a, where));
        a.add(List.of(WORKER_BEFORE_FLUSH), anywhere(), NOTHING, WORKED_EARLY);
        held(a);
        return a.rows();
    }

    /** What walkers survive by what the flush does about them, or need not do. */
    private static void byTheFlush(Column a, Circumstances where, Protection protection, Expectation safe) {
        List<Freeings> byTheFlushAlone = List.of(
                DEPOSIT,
                TABLE_COUNT_UNCHECKED,
                TABLE_COUNT_BLIND,
                TABLE_COUNT_IN_TABLE,
                MM_EXIT_UNPINNED,
                WORKER,
                LOCK_ENTRY_BEFORE,
                LOCK_FREER_ONLY,
                LOCK_IN_TABLE);
        a.add(NEXT_LIFE, where.ofTablesAbove(), protection, safe);
        a.add(byTheFlushAlone, where, protection, safe);
        a.add(List.of(DEPOSIT, REUSE_IN_PLACE, TYPE_STABLE), where.rechecking(PTE_ONLY), protection, safe);
    }

    /** What walkers do not survive unless something else waits for them. */
    private static void flushDoesNotWait(Column column, Circumstances where) {
        column.add(List.of(DEPOSIT), where.rechecking(PMD_AND_PTE, PTE_ONLY), NOTHING, DEPOSITED);
        column.add(List.of(REUSE_IN_PLACE, TYPE_STABLE), where.rechecking(PTE_ONLY), NOTHING, ANOTHER_LIFE);
        column.add(NEXT_LIFE, where.ofTablesAbove(), NOTHING, ABOVE);
        column.add(List.of(TABLE_COUNT_BLIND), where, NOTHING, FROM_ZERO);
        column.add(List.of(TABLE_COUNT_IN_TABLE), where, NOTHING, COUNT_GONE);
        column.add(List.of(MM_EXIT_UNPINNED), where, NOTHING, MM_GONE);
        column.add(List.of(WORKER), where, NOTHING, WORKED);
        column.add(List.of(LOCK_ENTRY_BEFORE), where, NOTHING, LOCKED_LATE);
        column.add(List.of(LOCK_FREER_ONLY), where, NOTHING, LOCK_UNASKED);
        column.add(List.of(LOCK_IN_TABLE), where, NOTHING, LOCK_GONE);
    }

    /** A reference that was taken unless there was none is wrong only if the frame is a table again. */
    private static void onlyInNextLife(Column column, Circumstances where) {
        List<Freeings> unchecked = List.of(TABLE_COUNT_UNCHECKED);
        column.add(unchecked, where.freed(FreedFrames.RECYCLED_AS_TABLE), NOTHING, OTHER_COUNT);
        column.add(
                unchecked, where.freed(FreedFrames.QUARANTINE, FreedFrames.RECYCLED_AS_DATA), WALKERS_HOLD, STAYS_ZERO);
    }

    /** What walkers survive whoever is told of the unhook. */
    private static void held(Column column) {
        column.add(NEXT_LIFE, anywhere().ofPteTables(), SECOND_LOOK, LOOKED_AGAIN);
        column.add(SYNC_RCU, anywhere().rechecking(PMD_AND_PTE, PTE_ONLY), GRACE_PERIOD, GRACE);
        column.add(List.of(TABLE_COUNT), anywhere(), WALKERS_HOLD, REFERENCE);
        column.add(List.of(MM_EXIT), anywhere(), WALKERS_HOLD, PINNED_MM);
        column.add(List.of(LOCK), anywhere(), WALKERS_HOLD, UNDER_LOCK);
    }

    /** Of walkers under {@code rcu_read_lock}, for whom no flush and no interrupt waits. */
    static List<TruthTable.Row> rcu() {
        Column b = new Column(RCU_WALK);
        flushDoesNotWait(b, anywhere());
        b.add(List.of(WORKER_BEFORE_FLUSH), anywhere(), NOTHING, WORKED_EARLY);
        onlyInNextLife(b, anywhere());
        b.add(List.of(DEPOSIT_SYNC_IPI), anywhere().rechecking(PMD_AND_PTE, PTE_ONLY), NOTHING, DEPOSITED);
        b.add(List.of(REUSE_IN_PLACE_SYNC_IPI), anywhere().ofPteTables(), SECOND_LOOK, LOOKED_AGAIN);
        b.add(List.of(REUSE_IN_PLACE_SYNC_IPI), anywhere().ofTablesAbove(), NOTHING, ABOVE);
        b.add(List.of(REUSE_IN_PLACE_SYNC_IPI), anywhere().rechecking(PTE_ONLY), NOTHING, ANOTHER_LIFE);
        held(b);
        return b.rows();
    }
}
