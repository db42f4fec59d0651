package dev.shootdown.report;

import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The result of a run in one row a stress test, with what exploration says about its race. */
final class VerdictMatrix {
    /** The columns' names. */
    static final List<String> HEADER = List.of("test", "race", "expected", "explored", "observed", "hits/s");

    private VerdictMatrix() {}

    /** One row a test, in the columns of the header. */
    static List<List<String>> rows(VerdictsDocument document) {
        return document.races().stream().flatMap(VerdictMatrix::row).toList();
    }

    private static Stream<List<String>> row(Race race) {
        return Optional.ofNullable(race.stressed()).stream()
                .map(seen -> List.of(
                        seen.shortName(),
                        race.id(),
                        seen.expected().name(),
                        explored(race.explored()),
                        observed(seen),
                        hitsPerSecond(seen)));
    }

    /** One word if all models agree; else what each came to. */
    private static String explored(List<Explored> explored) {
        List<String> words =
                explored.stream().map(VerdictMatrix::word).distinct().toList();
        return switch (words.size()) {
            case 0 -> "-";
            case 1 -> words.getFirst();
            default ->
                explored.stream()
                        .map(race -> race.memoryModel() + " " + word(race))
                        .collect(Collectors.joining(", "));
        };
    }

    private static String word(Explored explored) {
        String verdict = explored.notRun() ? ExploredTable.NOT_RUN : explored.verdict();
        return explored.contradicted() ? verdict + " (CONTRADICTED)" : verdict;
    }

    private static String hitsPerSecond(Stressed seen) {
        if (seen.forbidden() == 0) {
            return "-";
        }
        return seen.hitsPerSecond() > 0 ? Numbers.compact(seen.hitsPerSecond()) : "?";
    }

    private static String observed(Stressed seen) {
        if (seen.notRun() != null) {
            return ExploredTable.NOT_RUN;
        }
        Double bound = seen.upperBound95();
        String limit = bound == null ? "" : " (<" + Numbers.share(bound) + ")";
        return seen.verdict() + limit + (seen.oversubscribed() ? " oversubscribed" : "");
    }

    /** The matrix in columns, for a terminal. */
    static List<String> lines(VerdictsDocument document) {
        return TextTable.lines(HEADER, rows(document));
    }
}
