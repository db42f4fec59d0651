package dev.shootdown.report;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Shootdowns;
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
import java.util.stream.Collectors;

/**
 * The truth table as a run found it: for a memory model, a table a walker, of strategies against dispatchers.
 *
 * <p>A cell is the verdict, in parentheses what comes to an end before the free, a mark, and who stressed it. A strategy has a row
 * for each condition that decides its verdict: how it is with the walker's hart, and where it is told apart over every
 * dispatcher, whether the walker loads parent entries again, the level of the table, and what freed frames become.
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
    private record Cell(String walker, String freeing, Map<String, String> conditions, String shootdown) {
        static Optional<Cell> of(Race race) {
            if (!VerdictGrid.isOfBuiltInParts(race)) {
                return Optional.empty();
            }
            return VerdictGrid.conditions(race)
                    .map(conditions -> new Cell(kebab(race.walker()), race.freeing(), conditions, race.shootdown()));
        }

        Cell over(Shootdowns other) {
            return new Cell(walker, freeing, conditions, other.name());
        }
    }

    TruthTables(VerdictsDocument document) {
        this.document = document;
        document.races()
                .forEach(race -> Cell.of(race).filter(TruthTables::hasRow).ifPresent(cell -> races.put(cell, race)));
    }

    private static boolean hasRow(Cell cell) {
        return OF_THE_HART.containsAll(cell.conditions.keySet())
                || Arrays.stream(Shootdowns.values()).map(cell::over).allMatch(CATALOGUE::contains);
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

    /** The walkers that have a table. */
    List<String> walkers() {
        return races.keySet().stream().map(Cell::walker).distinct().toList();
    }

    /** The columns' names. */
    List<String> header() {
        List<String> header = new ArrayList<>(List.of("strategy"));
        Arrays.stream(Shootdowns.values()).map(each -> kebab(each.name())).forEach(header::add);
        return header;
    }

    /** The rows of a walker: a strategy, and the same under other conditions. */
    List<List<String>> rows(String walker, MemoryModel model) {
        List<List<String>> rows = new ArrayList<>();
        for (Freeings freeing : Freeings.values()) {
            races.keySet().stream()
                    .filter(cell -> cell.walker.equals(walker) && cell.freeing.equals(freeing.name()))
                    .map(Cell::conditions)
                    .distinct()
                    .sorted(FEWEST_FIRST)
                    .forEach(conditions -> rows.add(row(walker, freeing, conditions, model)));
        }
        return rows;
    }

    private List<String> row(String walker, Freeings freeing, Map<String, String> conditions, MemoryModel model) {
        List<String> row = new ArrayList<>(List.of(title(freeing, conditions)));
        for (Shootdowns shootdown : Shootdowns.values()) {
            Cell cell = new Cell(walker, freeing.name(), conditions, shootdown.name());
            Race race = races.get(cell);
            String empty = CATALOGUE.contains(cell) ? NOT_RUN + " " + ExploredTable.NOT_RUN : NO_CELL;
            row.add(race == null ? empty : cell(race, model));
        }
        return row;
    }

    private static String title(Freeings freeing, Map<String, String> conditions) {
        return kebab(freeing.name())
                + conditions.entrySet().stream()
                        .map(each -> ", " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    private static String cell(Race race, MemoryModel model) {
        Optional<Explored> explored = race.explored().stream()
                .filter(each -> each.memoryModel() == model && !each.notRun())
                .findFirst();
        return explored.map(found -> found.verdict() + protection(race) + " " + mark(found))
                        .orElse(NOT_RUN + " " + ExploredTable.NOT_RUN)
                + stressed(race);
    }

    private static String protection(Race race) {
        return race.protection() == null ? "" : " (" + race.protection().phrase() + ")";
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
