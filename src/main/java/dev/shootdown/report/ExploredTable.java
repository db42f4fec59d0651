package dev.shootdown.report;

import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploreVerdict;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What exploration found, in one row a race. */
final class ExploredTable {
    private static final String NOT_RUN = "not run";

    private ExploredTable() {}

    /** The columns' names: a column a model. */
    static List<String> header(Explorations explored) {
        List<String> header = new ArrayList<>(List.of("race", "expected"));
        explored.models().forEach(model -> header.add(model.name()));
        header.add("mark");
        return header;
    }

    /** The columns' names of the canaries. */
    static List<String> canaryHeader(Explorations explored) {
        List<String> header = new ArrayList<>(List.of("canary"));
        explored.models().forEach(model -> header.add(model.name()));
        return header;
    }

    /** One row a canary. */
    static List<List<String>> canaryRows(Explorations explored) {
        return Arrays.stream(Canary.values())
                .map(canary -> canaryRow(canary, explored))
                .toList();
    }

    private static List<String> canaryRow(Canary canary, Explorations explored) {
        List<String> row = new ArrayList<>(List.of(canary.name()));
        for (MemoryModel model : explored.models()) {
            row.add(explored.of(canary, model).map(ExploredTable::cell).orElse(NOT_RUN));
        }
        return row;
    }

    private static String cell(CanaryResult canary) {
        String verdict = canary.verdict() == ExploreVerdict.NOT_RUN
                ? NOT_RUN
                : canary.verdict().name();
        return canary.isAsExpected() ? verdict : verdict + ", not " + canary.expected();
    }

    /** One row a race, in the columns of the header. */
    static List<List<String>> rows(Explorations explored) {
        return explored.races().stream().map(race -> row(race, explored)).toList();
    }

    private static List<String> row(Race race, Explorations explored) {
        List<String> row = new ArrayList<>();
        row.add(race.id());
        row.add(expected(race.describe().failsFrom()));
        for (MemoryModel model : explored.models()) {
            row.add(explored.of(race.id(), model).map(ExploredTable::cell).orElse(NOT_RUN));
        }
        row.add(mark(explored.of(race.id()), explored.models().size()));
        return row;
    }

    private static String expected(FailsFrom failsFrom) {
        return switch (failsFrom) {
            case SC, TSO, WEAK -> "UNSAFE from " + failsFrom;
            case NEVER -> "SAFE";
        };
    }

    private static String cell(ExploredRace race) {
        return switch (race.verdict()) {
            case SAFE, UNSAFE, INCONCLUSIVE -> race.verdict() + " (" + Numbers.grouped(race.executions()) + ")";
            case DEADLOCK, ERROR -> race.verdict().name();
            case NOT_RUN -> NOT_RUN;
        };
    }

    /** The worst that is to be said about any model. */
    private static String mark(List<ExploredRace> explored, int models) {
        long ran = explored.stream()
                .filter(race -> race.verdict() != ExploreVerdict.NOT_RUN)
                .count();
        boolean agrees =
                explored.stream().allMatch(race -> race.isAsExpected() || race.verdict() == ExploreVerdict.NOT_RUN);
        if (!agrees) {
            return "DISAGREES";
        }
        return ran == models ? "as expected" : NOT_RUN;
    }

    /** The table in columns, for a terminal. */
    static List<String> lines(Explorations explored) {
        return TextTable.lines(header(explored), rows(explored));
    }
}
