package dev.shootdown.report;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Numbers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What the console says at the end: the verdicts, the findings, and where to read on.
 *
 * @param report the run
 * @param results the directory of its results
 */
record ClosingWords(RunReport report, Path results) {
    void print(PrintStream out) {
        out.println();
        table().forEach(out::println);
        report.cells().ifPresent(cells -> out.println(line(cells)));
        out.println();
        report.findings()
                .forEach(finding -> out.println((finding.isNote() ? "note: " : "FAIL: ") + finding.sentence()));
        String outcome = report.exitCode() == ExitCode.AS_EXPECTED ? "As expected" : "Not as expected";
        out.println(outcome + ", in " + Numbers.time(report.elapsed()) + "; reports are in " + results + ".");
    }

    private static String line(CellRun cells) {
        long shown =
                cells.seen().stream().filter(seen -> seen.findings().isEmpty()).count();
        return "Stressed in this VM: " + Numbers.counted(cells.seen().size(), "race") + " more, "
                + Numbers.grouped(shown) + " as expected.";
    }

    /** One row a stress test; where nothing was stressed, one row an explored race. */
    private List<String> table() {
        VerdictsDocument document = VerdictsJson.document(report);
        if (report.stressed().isPresent()) {
            return VerdictMatrix.lines(document.withRaces(document.races().stream()
                    .filter(race -> !race.wasStressedInProcess())
                    .toList()));
        }
        return report.explored().isPresent() ? ExploredTable.lines(document) : List.of();
    }
}
