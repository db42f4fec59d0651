package dev.shootdown.report;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The truth table as a run found it: for a memory model, a table a walker, of strategies against dispatchers.
 *
 * <p>A cell is the verdict, in parentheses what comes to an end before the free, a mark, and who stressed it.
 */
final class TruthTables {
    /** What was found is what was expected. */
    static final String AS_EXPECTED = "=";
    /** It is not. */
    static final String DISAGREES = "≠";
    /** Nothing was found. */
    static final String NOT_RUN = "○";

    private static final String NO_RACE = "–";

    private final VerdictsDocument document;
    private final Map<String, List<VerdictGrid>> byWalker;

    TruthTables(VerdictsDocument document) {
        this.document = document;
        this.byWalker = VerdictGrid.of(document.races()).stream()
                .collect(Collectors.groupingBy(
                        grid -> kebab(grid.walker()), LinkedHashMap::new, Collectors.toUnmodifiableList()));
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The models that were explored, or the host's if a grid's race was stressed only; none if there is no such race. */
    List<MemoryModel> models() {
        if (byWalker.isEmpty()) {
            return List.of();
        }
        List<MemoryModel> explored = ExploredTable.models(document);
        return explored.isEmpty() ? List.of(document.environment().hostModel()) : explored;
    }

    /** The walkers that have a table. */
    List<String> walkers() {
        return List.copyOf(byWalker.keySet());
    }

    /** The columns' names. */
    List<String> header() {
        List<String> header = new ArrayList<>(List.of("strategy"));
        Arrays.stream(Shootdowns.values()).map(each -> kebab(each.name())).forEach(header::add);
        return header;
    }

    /** The rows of a walker: a strategy, and the same where something is special about the walker's hart. */
    List<List<String>> rows(String walker, MemoryModel model) {
        List<List<String>> rows = new ArrayList<>();
        for (Freeings freeing : Freeings.values()) {
            for (VerdictGrid grid : byWalker.getOrDefault(walker, List.of())) {
                List<Optional<Race>> races = Arrays.stream(Shootdowns.values())
                        .map(shootdown -> grid.at(freeing, shootdown))
                        .toList();
                if (races.stream().anyMatch(Optional::isPresent)) {
                    rows.add(row(title(freeing, grid), races, model));
                }
            }
        }
        return rows;
    }

    private static String title(Freeings freeing, VerdictGrid grid) {
        String conditions = grid.hart().conditions().entrySet().stream()
                .map(each -> ", " + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining());
        return kebab(freeing.name()) + conditions;
    }

    private static List<String> row(String title, List<Optional<Race>> races, MemoryModel model) {
        List<String> row = new ArrayList<>(List.of(title));
        races.forEach(race -> row.add(race.map(each -> cell(each, model)).orElse(NO_RACE)));
        return row;
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
