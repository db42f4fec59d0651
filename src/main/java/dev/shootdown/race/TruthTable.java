package dev.shootdown.race;

import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.walk.Recheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known about who may read a freed table: the expected verdict of every combination of the built-in parts, with its
 * reason and where that is written. Data, not a computation: nothing here looks at how a strategy is implemented.
 *
 * <p>A row stands for a set of combinations; each combination is in exactly one row. Levels, shapes and batch sizes do not
 * change a verdict, nor does what becomes of freed tables; unless tables have another life, or are counted. Of a freed <em>page</em> it matters: only one that comes back as
 * somebody's data has a count above zero again, and can be pinned.
 */
public final class TruthTable {
    private static final String SFENCE = "privileged specification, SFENCE.VMA";
    private static final String GUP = "mm/gup.c, Linux 7.0";

    private static final List<Row> ROWS = rows();

    private TruthTable() {}

    /** Whether the shootdown knows about the walker's hart: its bit is in {@code mm_cpumask} before it reads a table. */
    public enum Told {
        /** It is in the mask. */
        TOLD,
        /** Its bit is set, but may be seen later than it reads. */
        UNORDERED,
        /** It is not: a stale mask, or a foreign address space. */
        UNTOLD;

        static Told of(WalkerMask mask) {
            return switch (mask) {
                case RUNNING, SWITCHES_IN -> TOLD;
                case SWITCHES_IN_UNORDERED -> UNORDERED;
                case ABSENT -> UNTOLD;
            };
        }
    }

    /**
     * Combinations that free tables ({@code MUNMAP}), with the verdict that they share.
     *
     * @param walker who walks
     * @param freeing how tables are freed
     * @param circumstances under which conditions
     * @param protection what must have come to an end before the free
     * @param expectation the verdict, its reason and its source
     */
    public record Row(
            Walkers walker,
            Freeings freeing,
            Circumstances circumstances,
            Protection protection,
            Expectation expectation) {
        boolean covers(Race race) {
            return race.walker() == walker && race.freeing() == freeing && circumstances.cover(race);
        }
    }

    /** {@return all rows that free tables} */
    public static List<Row> all() {
        return ROWS;
    }

    /**
     * {@return what must come out of a race, if the table knows}
     *
     * @param race of any parts; the table knows the built-in ones
     */
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
        return rowOf(race).map(Row::expectation);
    }

    private static Optional<Row> rowOf(Race race) {
        return ROWS.stream().filter(row -> row.covers(race)).findFirst();
    }

    /**
     * {@return what comes to an end before a race's table, or page, is freed} Empty if the table does not know the
     * race, or it frees nothing.
     *
     * @param race of any parts; the table knows the built-in ones
     */
    public static Optional<Protection> protection(Race race) {
        if (!(race.mutator() instanceof Mutators mutator)) {
            return Optional.empty();
        }
        return switch (mutator) {
            case MUNMAP -> rowOf(race).map(Row::protection);
            case MUNMAP_PARTIAL, COLLAPSE -> lookUp(race).map(known -> pageProtection(race, known));
            case POPULATE -> Optional.empty();
        };
    }

    /** Where nothing comes to an end, what makes a page safe all the same is for the walker to do. */
    private static Protection pageProtection(Race race, Expectation known) {
        Protection before = protectionOf(race);
        if (before != Protection.NOTHING || known.verdict() == Verdict.UNSAFE) {
            return before;
        }
        return race.walker() == HARDWARE ? Protection.FENCE_BEFORE_RETURN : Protection.SECOND_LOOK;
    }

    private static Optional<Expectation> freeingPages(Race race, Recheck dropped, String entry) {
        boolean known = race.walker() instanceof Walkers
                && race.freeing() instanceof Freeings
                && race.shootdown() instanceof Shootdowns;
        if (!known || Told.of(race.conditions().mask()) == Told.UNORDERED) {
            return Optional.empty();
        }
        if (race.walker() == HARDWARE) {
            return Optional.of(cachedPage(race));
        }
        if (race.conditions().recheck() != dropped) {
            return Optional.of(
                    safe("a page is pinned only if " + entry + ", loaded again after the pin, has not changed", GUP));
        }
        if (race.conditions().freedFrames() != FreedFrames.RECYCLED_AS_DATA) {
            return Optional.empty();
        }
        return Optional.of(
                switch (protectionOf(race)) {
                    case WAITED_INTERRUPT -> safe("the waited interrupt keeps the page until the walk is over", GUP);
                    case ENTERS_AFTER_UNHOOK -> InterruptsOffColumn.LAZY_ENTERS;
                    case NOTHING, GRACE_PERIOD, COMPLETED_FENCE, FENCE_BEFORE_RETURN, WALKERS_HOLD, SECOND_LOOK ->
                        unsafe("without loading " + entry + " again, a page that was given away is pinned", GUP);
                });
    }

    private static Expectation cachedPage(Race race) {
        if (race.shootdown() == Shootdowns.LAZY_SKIP
                && Told.of(race.conditions().mask()) == Told.TOLD) {
            return safe("a lazy hart accesses no page before it has switched back, and flushed", Column.LAZY);
        }
        Protection protection = protectionOf(race);
        return protection == Protection.COMPLETED_FENCE || protection == Protection.FENCE_BEFORE_RETURN
                ? safe(
                        "the page goes only after every hart has forgotten its translation, or will before it goes on",
                        SFENCE)
                : unsafe("a hart that was not fenced keeps its translation of a page that was given away", SFENCE);
    }

    /** What comes to an end before a page is freed: the same as before a table that is freed like a page. */
    private static Protection protectionOf(Race race) {
        Race page = race.freeing(Freeings.REMOVE_PAGE).where(each -> each.withRecheck(Recheck.PMD_AND_PTE));
        return ROWS.stream()
                .filter(row -> row.covers(page))
                .map(Row::protection)
                .findFirst()
                .orElse(Protection.NOTHING);
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
        rows.addAll(InterruptsOffColumn.rows());
        rows.addAll(KeptTablesRows.interruptsOff());
        rows.addAll(RcuColumn.rows());
        rows.addAll(KeptTablesRows.rcu());
        rows.addAll(HardwareColumn.rows());
        return List.copyOf(rows);
    }
}
