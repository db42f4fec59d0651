package dev.shootdown.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The result of a run in one row a test. */
final class VerdictMatrix {
    /** The columns' names. */
    static final List<String> HEADER = List.of("test", "race", "expected", "observed", "hits/s");

    private VerdictMatrix() {}

    /** One row a test, in the columns of the header. */
    static List<List<String>> rows(StressReport report) {
        return report.observations().stream().map(seen -> row(seen, report)).toList();
    }

    private static List<String> row(TestObservation seen, StressReport report) {
        return List.of(
                seen.test().shortName(),
                seen.test().race().id(),
                seen.expectedOn(report.environment().hostModel()).name(),
                observed(seen),
                hitsPerSecond(seen));
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
    static List<String> lines(StressReport report) {
        List<List<String>> table = new ArrayList<>();
        table.add(HEADER);
        table.addAll(rows(report));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : table) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return table.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(String.format(Locale.ROOT, "%-" + widths[column] + "s  ", row.get(column)));
        }
        return line.toString().stripTrailing();
    }
}
