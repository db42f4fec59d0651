package dev.shootdown.report;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The truth table as a run found it: for a memory model, a table a walker, of strategies against dispatchers; then, of what frees
 * pages and leaves the tables, a table a walker and mutator.
 *
 * <p>A cell is the verdict, in parentheses what comes to an end before the free, a mark, and who stressed it. A strategy has a row
 * for each condition that decides its verdict: whether the walker loads entries again, the level of the table, and what freed
 * frames become, if the catalogue has it over every dispatcher; and each of these again for how it is with the walker's hart.
 */
final class TruthTables {
    /** What was found is what was expected. */
    static final String AS_EXPECTED = "=";
    /** It is not. */
    static final String DISAGREES = "≠";
    /** Nothing was found. */
    static final String NOT_RUN = "○";

    /** No dispatcher does that. */
    static final String NO_CELL = "–";

    private static final String USUAL_MUTATOR = "MUNMAP";
    private static final Set<String> OF_THE_HART = Set.of("mask", "presence");
    private static final Comparator<Map<String, String>> FEWEST_FIRST =
            Comparator.<Map<String, String>>comparingInt(Map::size).thenComparing(Object::toString);
    private static final Set<Cell> CATALOGUE = Catalogue.all().stream()
            .map(race -> VerdictsDocument.Race.of(race.describe(), List.of(), null))
            .flatMap(race -> Cell.of(race).stream())
            .collect(Collectors.toUnmodifiableSet());

    private final VerdictsDocument document;
    private final Map<Cell, Race> races = new LinkedHashMap<>();

    /** Where a race stands. */
    private record Cell(
            String walker, String mutator, String freeing, Map<String, String> conditions, String shootdown) {
        static Optional<Cell> of(Race race) {
            if (!VerdictGrid.isOfBuiltInParts(race)) {
                return Optional.empty();
            }
            return VerdictGrid.conditions(race)
                    .map(conditions ->
                            new Cell(race.walker(), race.mutator(), race.freeing(), conditions, race.shootdown()));
        }

        Cell over(Shootdowns other) {
            return new Cell(walker, mutator, freeing, conditions, other.name());
        }

        /** The same, and nothing special about the walker's hart. */
        Cell withUsualHart() {
            Map<String, String> others = new TreeMap<>(conditions);
            others.keySet().removeAll(OF_THE_HART);
            return new Cell(walker, mutator, freeing, others, shootdown);
        }

        /** The name of its table. */
        String table() {
            return kebab(walker) + (freesTables() ? "" : ", " + kebab(mutator));
        }

        boolean freesTables() {
            return mutator.equals(USUAL_MUTATOR);
        }
    }

    TruthTables(VerdictsDocument document) {
        this.document = document;
        document.races()
                .forEach(race -> Cell.of(race).filter(TruthTables::hasRow).ifPresent(cell -> races.put(cell, race)));
    }

    private static boolean hasRow(Cell cell) {
        Cell usual = cell.withUsualHart();
        return Arrays.stream(Shootdowns.values()).map(usual::over).allMatch(CATALOGUE::contains);
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The models that were explored, or the host's if a cell's race was stressed only; none if there is no such race. */
    List<MemoryModel> models() {
        if (races.isEmpty()) {
            return List.of();
        }
        List<MemoryModel> explored = ExploredTable.models(document);
        return explored.isEmpty() ? List.of(document.environment().hostModel()) : explored;
    }

    /** The names of the tables: those of walkers whose tables are freed, then those of walkers and mutators. */
    List<String> names() {
        return races.keySet().stream()
                .sorted(Comparator.comparing(Cell::freesTables).reversed())
                .map(Cell::table)
                .distinct()
                .toList();
    }

    /** The columns' names. */
    List<String> header() {
        List<String> header = new ArrayList<>(List.of("strategy"));
        Arrays.stream(Shootdowns.values()).map(each -> kebab(each.name())).forEach(header::add);
        return header;
    }

    /** The rows of a table: a strategy, and the same under other conditions. */
    List<List<String>> rows(String table, MemoryModel model) {
        List<List<String>> rows = new ArrayList<>();
        for (Freeings freeing : Freeings.values()) {
            races.keySet().stream()
                    .filter(cell -> cell.table().equals(table) && cell.freeing.equals(freeing.name()))
                    .map(cell -> cell.over(Shootdowns.S_MODE_IPI))
                    .distinct()
                    .sorted(Comparator.comparing(Cell::conditions, FEWEST_FIRST))
                    .forEach(cell -> rows.add(row(cell, model)));
        }
        return rows;
    }

    /** The row that a cell is in. */
    private List<String> row(Cell any, MemoryModel model) {
        List<String> row = new ArrayList<>(List.of(title(any)));
        for (Shootdowns shootdown : Shootdowns.values()) {
            Cell cell = any.over(shootdown);
            Race race = races.get(cell);
            String empty = CATALOGUE.contains(cell) ? NOT_RUN + " " + ExploredTable.NOT_RUN : NO_CELL;
            row.add(race == null ? empty : cell(race, model));
        }
        return row;
    }

    private static String title(Cell cell) {
        return kebab(cell.freeing)
                + cell.conditions.entrySet().stream()
                        .map(each -> ", " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    private static String cell(Race race, MemoryModel model) {
        Optional<Explored> explored = race.explored().stream()
                .filter(each -> each.memoryModel() == model && !each.notRun())
                .findFirst();
        return explored.map(found -> found.verdict() + protection(race, found) + " " + mark(found))
                        .orElse(NOT_RUN + " " + ExploredTable.NOT_RUN)
                + stressed(race);
    }

    private static String protection(Race race, Explored found) {
        if (race.protection() == null) {
            return "";
        }
        boolean failsLater = found.expected() == Verdict.SAFE && race.expected() == Verdict.UNSAFE;
        String later = failsLater ? ", fails from " + race.failsFrom() + " on" : "";
        return " (" + race.protection().phrase() + later + ")";
    }

    private static String mark(Explored found) {
        return found.asExpected() && !found.contradicted() ? AS_EXPECTED : DISAGREES;
    }

    private static String stressed(Race race) {
        Stressed stressed = race.stressed();
        if (stressed == null || stressed.notRun() != null) {
            return "";
        }
        return race.wasStressedInProcess() ? ", stressed here" : ", stressed by jcstress";
    }
}
