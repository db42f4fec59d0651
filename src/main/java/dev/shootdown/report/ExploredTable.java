package dev.shootdown.report;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.VerdictsDocument.CanaryEntry;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.ExploredModel;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What exploration found, in one row a race. */
final class ExploredTable {
    /** What stands where there is no result. */
    static final String NOT_RUN = "not run";

    private ExploredTable() {}

    /** What came of a race, a column a model, and the mark; of one that was not explored, that. */
    static List<String> results(Optional<Race> race, VerdictsDocument document) {
        List<Explored> explored = race.map(Race::explored).orElse(List.of());
        List<String> results = new ArrayList<>();
        for (MemoryModel model : models(document)) {
            results.add(explored.stream()
                    .filter(each -> each.memoryModel() == model)
                    .map(ExploredTable::cell)
                    .findFirst()
                    .orElse(NOT_RUN));
        }
        results.add(
                explored.isEmpty() ? NOT_RUN : mark(explored, models(document).size()));
        return results;
    }

    /** The models that were explored, in that order; none if exploration did not take part. */
    static List<MemoryModel> models(VerdictsDocument document) {
        return Optional.ofNullable(document.exploration()).stream()
                .flatMap(explored -> explored.memoryModels().stream())
                .map(ExploredModel::memoryModel)
                .toList();
    }

    static List<String> header(List<String> first, VerdictsDocument document) {
        List<String> header = new ArrayList<>(first);
        models(document).forEach(model -> header.add(model.name()));
        return header;
    }

    /** The columns' names: a column a model. */
    static List<String> header(VerdictsDocument document) {
        List<String> header = header(List.of("race", "expected"), document);
        header.add("mark");
        return header;
    }

    /** The columns' names of the canaries. */
    static List<String> canaryHeader(VerdictsDocument document) {
        return header(List.of("canary"), document);
    }

    /** One row a canary. */
    static List<List<String>> canaryRows(VerdictsDocument document) {
        List<CanaryEntry> canaries = Optional.ofNullable(document.exploration())
                .map(VerdictsDocument.Exploration::canaries)
                .orElse(List.of());
        return canaries.stream()
                .map(CanaryEntry::name)
                .distinct()
                .map(name -> canaryRow(name, canaries, models(document)))
                .toList();
    }

    private static List<String> canaryRow(String name, List<CanaryEntry> canaries, List<MemoryModel> models) {
        List<String> row = new ArrayList<>(List.of(name));
        for (MemoryModel model : models) {
            row.add(canaries.stream()
                    .filter(canary -> canary.name().equals(name) && canary.memoryModel() == model)
                    .map(ExploredTable::cell)
                    .findFirst()
                    .orElse(NOT_RUN));
        }
        return row;
    }

    private static String cell(CanaryEntry canary) {
        String verdict = canary.notRun() ? NOT_RUN : canary.verdict();
        return canary.asExpected() ? verdict : verdict + ", not " + canary.expected();
    }

    /** One row a race, in the columns of the header. */
    static List<List<String>> rows(VerdictsDocument document) {
        return document.races().stream()
                .filter(race -> !race.explored().isEmpty())
                .map(race -> row(race, document))
                .toList();
    }

    private static List<String> row(Race race, VerdictsDocument document) {
        List<String> row = new ArrayList<>(List.of(race.id(), expected(race.failsFrom())));
        row.addAll(results(Optional.of(race), document));
        return row;
    }

    static String expected(FailsFrom failsFrom) {
        return switch (failsFrom) {
            case SC, TSO, WEAK -> "UNSAFE from " + failsFrom;
            case NEVER -> "SAFE";
        };
    }

    private static String cell(Explored explored) {
        return switch (explored.verdict()) {
            case "SAFE", "UNSAFE", "INCONCLUSIVE" ->
                explored.verdict() + " (" + Numbers.grouped(explored.executions()) + ")";
            case "NOT_RUN" -> NOT_RUN;
            default -> explored.verdict();
        };
    }

    /** The worst that is to be said about any model. */
    private static String mark(List<Explored> explored, int models) {
        if (explored.stream().anyMatch(Explored::contradicted)) {
            return "CONTRADICTED";
        }
        if (!explored.stream().allMatch(each -> each.asExpected() || each.notRun())) {
            return "DISAGREES";
        }
        long ran = explored.stream().filter(each -> !each.notRun()).count();
        return ran == models ? "as expected" : NOT_RUN;
    }

    /** The table in columns, for a terminal. */
    static List<String> lines(VerdictsDocument document) {
        return TextTable.lines(header(document), rows(document));
    }
}
