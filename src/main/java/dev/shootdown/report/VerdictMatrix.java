package dev.shootdown.report;

import dev.shootdown.explore.ExploreVerdict;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.TestObservation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The result of a run in one row a stress test, with what exploration says about its race. */
final class VerdictMatrix {
    /** The columns' names. */
    static final List<String> HEADER = List.of("test", "race", "expected", "explored", "observed", "hits/s");

    private VerdictMatrix() {}

    /** One row a test, in the columns of the header. */
    static List<List<String>> rows(RunReport report) {
        return report.observations().stream().map(seen -> row(seen, report)).toList();
    }

    private static List<String> row(TestObservation seen, RunReport report) {
        String race = seen.test().race().id();
        return List.of(
                seen.test().shortName(),
                race,
                seen.expectedOn(report.environment().hostModel()).name(),
                explored(report.explored(race)),
                observed(seen),
                hitsPerSecond(seen));
    }

    /** One word if all models agree; else what each came to. */
    private static String explored(List<ExploredRace> explored) {
        List<ExploreVerdict> verdicts =
                explored.stream().map(ExploredRace::verdict).distinct().toList();
        return switch (verdicts.size()) {
            case 0 -> "-";
            case 1 -> word(verdicts.getFirst());
            default ->
                explored.stream()
                        .map(race -> race.model() + " " + word(race.verdict()))
                        .collect(Collectors.joining(", "));
        };
    }

    private static String word(ExploreVerdict verdict) {
        return verdict == ExploreVerdict.NOT_RUN
                ? verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : verdict.name();
    }

    private static String hitsPerSecond(TestObservation seen) {
        if (seen.failures() == 0) {
            return "-";
        }
        return seen.statistics().activeNanos() == 0 ? "?" : Numbers.compact(seen.failuresPerSecond());
    }

    private static String observed(TestObservation seen) {
        if (seen.notRun().isPresent()) {
            return "not run";
        }
        OptionalDouble bound = seen.upperBound95();
        String limit = bound.isPresent() ? " (<" + Numbers.share(bound.getAsDouble()) + ")" : "";
        return seen.verdict() + limit + (seen.oversubscribed() ? " oversubscribed" : "");
    }

    /** The matrix in columns, for a terminal. */
    static List<String> lines(RunReport report) {
        return TextTable.lines(HEADER, rows(report));
    }
}
