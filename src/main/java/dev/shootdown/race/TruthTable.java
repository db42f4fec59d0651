package dev.shootdown.race;

import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.STATIC_KEY_INVERTED;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.TruthTable.Told.TOLD;
import static dev.shootdown.race.TruthTable.Told.UNTOLD;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.walk.Recheck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about who may read a freed table: the expected verdict of every combination of the built-in parts, with its
 * reason and where that is written. Data, not a computation: nothing here looks at how a strategy is implemented.
 *
 * <p>A row stands for a set of combinations; each combination is in exactly one row. Levels, shapes and batch sizes do not
 * change a verdict, nor does what becomes of freed tables. Of a freed <em>page</em> it matters: only one that comes back as
 * somebody's data has a count above zero again, and can be pinned.
 */
public final class TruthTable {
    private static final String PATCH = "69be3fb111e7";
    private static final String GATHER = "mm/mmu_gather.c, Linux 7.0";
    private static final String GUP = "mm/gup.c, Linux 7.0";
    private static final String SYNC_RCU = "1fb3d8c20bfa";
    private static final String SWITCH_MM = "arch/riscv/mm/tlbflush.c, context.c, Linux 7.0";

    private static final EnumSet<Told> EITHER_WAY = EnumSet.allOf(Told.class);
    private static final EnumSet<Shootdowns> ALL = EnumSet.allOf(Shootdowns.class);
    private static final EnumSet<Shootdowns> INTERRUPTING = EnumSet.of(S_MODE_IPI, LOCAL_ONLY);
    private static final EnumSet<Shootdowns> SBI = EnumSet.of(SBI_RFENCE);

    private static final List<Row> ROWS = rows();

    private TruthTable() {}

    /** Whether the shootdown knows about the walker's hart: its bit is in {@code mm_cpumask} before it reads a table. */
    public enum Told {
        /** It is in the mask. */
        TOLD,
        /** It is not: a stale mask, or a foreign address space. */
        UNTOLD;

        static Told of(WalkerMask mask) {
            return mask == WalkerMask.ABSENT ? UNTOLD : TOLD;
        }
    }

    /** Combinations that free tables ({@code MUNMAP}), with the verdict that they share. */
    public record Row(
            Walkers walker, Freeings freeing, Set<Shootdowns> shootdowns, Set<Told> told, Expectation expectation) {
        boolean covers(Race race) {
            return race.walker() == walker
                    && race.freeing() == freeing
                    && race.shootdown() instanceof Shootdowns shootdown
                    && shootdowns.contains(shootdown)
                    && told.contains(Told.of(race.conditions().mask()));
        }
    }

    /** All rows that free tables. */
    public static List<Row> all() {
        return ROWS;
    }

    /** What must come out of a race, if the table knows. */
    public static Optional<Expectation> lookUp(Race race) {
        if (!(race.mutator() instanceof Mutators mutator)) {
            return Optional.empty();
        }
        return switch (mutator) {
            case MUNMAP -> freeingTables(race);
            case MUNMAP_PARTIAL -> freeingPages(race, Recheck.PMD_ONLY, "the pte");
            case COLLAPSE -> freeingPages(race, Recheck.PTE_ONLY, "the pmd");
            case POPULATE -> publishing(race);
        };
    }

    private static Optional<Expectation> freeingTables(Race race) {
        if (race.conditions().recheck() != Recheck.PMD_AND_PTE) {
            return Optional.empty();
        }
        return ROWS.stream()
                .filter(row -> row.covers(race))
                .map(Row::expectation)
                .findFirst();
    }

    private static Optional<Expectation> freeingPages(Race race, Recheck dropped, String entry) {
        boolean known = race.walker() instanceof Walkers
                && race.freeing() instanceof Freeings
                && race.shootdown() instanceof Shootdowns;
        if (!known) {
            return Optional.empty();
        }
        if (race.walker() == RCU_WALK || race.conditions().recheck() != dropped) {
            return Optional.of(
                    safe("a page is pinned only if " + entry + ", loaded again after the pin, has not changed", GUP));
        }
        if (race.conditions().freedFrames() != FreedFrames.RECYCLED_AS_DATA) {
            return Optional.empty();
        }
        boolean waits =
                race.shootdown() != SBI_RFENCE && Told.of(race.conditions().mask()) == TOLD;
        return Optional.of(
                waits
                        ? safe("the waited interrupt keeps the page until the walk is over", GUP)
                        : unsafe("without loading " + entry + " again, a page that was given away is pinned", GUP));
    }

    private static Optional<Expectation> publishing(Race race) {
        return Optional.of(
                switch (race.conditions().publishOrder()) {
                    case ZERO_THEN_RELEASE ->
                        safe(
                                "the table is zeroed, with a write barrier, before its parent entry is set",
                                "pmd_install");
                    case ZERO_THEN_PLAIN ->
                        new Expectation(
                                FailsFrom.WEAK,
                                "without the write barrier the parent entry can be seen first",
                                "pmd_install");
                    case PUBLISH_THEN_ZERO ->
                        unsafe("a walker follows the parent entry to what the page held before", "pmd_install");
                });
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        interruptsOffWalker(rows);
        rcuOnlyWalker(rows);
        return List.copyOf(rows);
    }

    /** Column a: interrupts off, on the hart's own address space. */
    private static void interruptsOffWalker(List<Row> rows) {
        Walkers a = FAST_GUP;
        add(rows, a, FREE_BEFORE_FLUSH, ALL, EITHER_WAY, unsafe("freed before anybody was asked", "8246601a7d39"));
        Expectation flushWaits = safe("the interrupt is taken only when the walker's interrupts are on again", PATCH);
        Expectation firmware = unsafe("SIE does not mask M-mode: the fence completes in the middle of the walk", PATCH);
        Expectation untold = unsafe("the flush does not reach a hart that is not in the mask", SWITCH_MM);
        for (Freeings flushThenFree : List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED)) {
            add(rows, a, flushThenFree, EnumSet.of(S_MODE_IPI), EnumSet.of(TOLD), flushWaits);
            add(rows, a, flushThenFree, SBI, EITHER_WAY, firmware);
            add(
                    rows,
                    a,
                    flushThenFree,
                    EnumSet.of(LOCAL_ONLY),
                    EnumSet.of(TOLD),
                    safe("a hart that switched in is seen in the mask, or sees the cleared entry", SWITCH_MM));
            add(rows, a, flushThenFree, INTERRUPTING, EnumSet.of(UNTOLD), untold);
        }
        Expectation grace = safe("a grace period waits for interrupts-off sections", GATHER);
        add(rows, a, REMOVE_TABLE, ALL, EITHER_WAY, grace);
        add(rows, a, TABLE_ONE_SYNC_RCU, ALL, EITHER_WAY, safe(grace.reason(), SYNC_RCU));
        add(
                rows,
                a,
                TABLE_ONE_SYNC_IPI,
                ALL,
                EITHER_WAY,
                safe(
                        "the broadcast is a waited S-mode interrupt, even where fences go by SBI",
                        "tlb_remove_table_sync_one, v6.8"));
        add(rows, a, STATIC_KEY, INTERRUPTING, EnumSet.of(TOLD), flushWaits);
        add(rows, a, STATIC_KEY, INTERRUPTING, EnumSet.of(UNTOLD), untold);
        add(rows, a, STATIC_KEY, SBI, EITHER_WAY, safe(grace.reason(), PATCH));
        add(rows, a, STATIC_KEY_INVERTED, INTERRUPTING, EITHER_WAY, safe(grace.reason(), PATCH));
        add(rows, a, STATIC_KEY_INVERTED, SBI, EITHER_WAY, firmware);
    }

    /** Column b: {@code rcu_read_lock} only. */
    private static void rcuOnlyWalker(List<Row> rows) {
        Walkers b = RCU_WALK;
        Expectation inside = unsafe("interrupts are on: the shootdown completes inside the reader", "e86fc1a3a3e9");
        Expectation grace = safe("a grace period waits for rcu_read_lock", GATHER);
        add(rows, b, FREE_BEFORE_FLUSH, ALL, EITHER_WAY, unsafe("freed before anybody was asked", "8246601a7d39"));
        for (Freeings waitsForInterruptsAtMost : List.of(REMOVE_PAGE, TABLE_ONE_UNSYNCHRONISED, TABLE_ONE_SYNC_IPI)) {
            add(rows, b, waitsForInterruptsAtMost, ALL, EITHER_WAY, inside);
        }
        add(rows, b, REMOVE_TABLE, ALL, EITHER_WAY, grace);
        add(rows, b, TABLE_ONE_SYNC_RCU, ALL, EITHER_WAY, safe(grace.reason(), SYNC_RCU));
        add(rows, b, STATIC_KEY, INTERRUPTING, EITHER_WAY, inside);
        add(rows, b, STATIC_KEY, SBI, EITHER_WAY, safe(grace.reason(), PATCH));
        add(rows, b, STATIC_KEY_INVERTED, INTERRUPTING, EITHER_WAY, safe(grace.reason(), PATCH));
        add(rows, b, STATIC_KEY_INVERTED, SBI, EITHER_WAY, inside);
    }

    private static void add(
            List<Row> rows,
            Walkers walker,
            Freeings freeing,
            Set<Shootdowns> shootdowns,
            Set<Told> told,
            Expectation expectation) {
        rows.add(new Row(walker, freeing, shootdowns, told, expectation));
    }
}
