package dev.shootdown.stress;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The run for people: what it ran on, what it found, what is wrong with it, and how to read all that. */
final class SummaryMarkdown {
    private final StressReport report;
    private final StringBuilder text = new StringBuilder();

    private SummaryMarkdown(StressReport report) {
        this.report = report;
    }

    /** The text of the file. */
    static String text(StressReport report) {
        SummaryMarkdown summary = new SummaryMarkdown(report);
        summary.heading();
        summary.environment();
        summary.matrix();
        summary.evidence();
        summary.notRun();
        summary.findings();
        summary.howToRead();
        return summary.text.toString();
    }

    private void heading() {
        paragraph("# Stress run");
        if (report.completeness() == StressReport.Completeness.INTERRUPTED) {
            paragraph("**Interrupted.** What follows is what had been seen by then; it is no verdict.");
        }
        long problems =
                report.findings().stream().filter(finding -> !finding.isNote()).count();
        paragraph(
                problems == 0
                        ? "Everything is as expected."
                        : "**" + Numbers.counted(problems, "finding") + "**, exit code "
                                + report.exitCode().number() + ": see below.");
    }

    private void environment() {
        paragraph("## Environment");
        List<List<String>> rows = new ArrayList<>();
        report.environment().entries().forEach(entry -> rows.add(List.of(entry.getKey(), entry.getValue())));
        rows.add(List.of("Profile", report.profile().label() + ", " + work()));
        rows.add(List.of("Limits", limits()));
        rows.add(List.of(
                "Started", report.started().truncatedTo(ChronoUnit.SECONDS).toString()));
        rows.add(List.of("Took", Numbers.time(report.elapsed())));
        table(List.of("", ""), rows);
    }

    private String work() {
        StressEffort effort = report.profile().effort();
        return effort.iterations() + " × " + effort.iteration().toMillis() + " ms a fork, strides "
                + effort.strideSize() + " × " + effort.strideCount();
    }

    private String limits() {
        GateLimits limits = report.profile().limits();
        String own = limits.equals(GateLimits.STANDARD) ? "standard" : "**not the standard ones**";
        return own + ": " + Numbers.grouped(limits.contended()) + " contended, "
                + Numbers.grouped(limits.freedInSample()) + " freed in sample, "
                + Numbers.grouped(limits.requiredHits()) + " hits of a required failure";
    }

    private void matrix() {
        paragraph("## Verdicts");
        table(VerdictMatrix.HEADER, VerdictMatrix.rows(report));
    }

    private void evidence() {
        paragraph("## Evidence");
        List<String> header = List.of(
                "test",
                "samples",
                "failed",
                "contended",
                "freed in sample",
                "near misses",
                "unmet",
                "interrupts: self / proxy",
                "at most (95%)",
                "twin's rate");
        table(header, report.observations().stream().map(this::evidence).toList());
    }

    private List<String> evidence(TestObservation seen) {
        ForkStatistics statistics = seen.statistics();
        OptionalDouble twin =
                report.twinOf(seen).map(TestObservation::failureRate).orElse(OptionalDouble.empty());
        return List.of(
                seen.test().shortName(),
                Numbers.grouped(seen.samples()),
                Numbers.grouped(seen.failures()),
                Numbers.grouped(statistics.contended()),
                Numbers.grouped(statistics.freedInSample()),
                Numbers.grouped(statistics.nearMisses()),
                Numbers.grouped(statistics.unmet()),
                Numbers.grouped(statistics.interruptsSelf()) + " / " + Numbers.grouped(statistics.interruptsByProxy()),
                share(seen.upperBound95()),
                share(twin));
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? Numbers.share(share.getAsDouble()) : "";
    }

    private void notRun() {
        List<String> lines = report.observations().stream()
                .flatMap(seen ->
                        seen.notRun().stream().map(reason -> "- " + seen.test().shortName() + ": " + reason))
                .toList();
        paragraph("## Not run");
        paragraph(lines.isEmpty() ? "Nothing was left out." : String.join("\n", lines));
    }

    private void findings() {
        paragraph("## Findings");
        if (report.findings().isEmpty()) {
            paragraph("None.");
            return;
        }
        for (Finding finding : report.findings()) {
            text.append("- ").append(finding.isNote() ? "Note: " : "").append(escaped(finding.sentence()));
            text.append('\n');
        }
        text.append('\n');
    }

    private void howToRead() {
        paragraph("## How to read this");
        paragraph("""
            - *expected* is what this host has to show: UNSAFE, a failure; SAFE, none; NOT_OBSERVABLE, none either,
              because its memory model is too strong.
            - *observed* is UNSAFE if a failure was seen. NOT_OBSERVED is not a proof: the number beside it is the
              largest share of contended samples that may still fail (three over their number, 95% confidence).
              Compare it with the twin's rate, which is how often the same race fails with one thing wrong.
            - A sample is *contended* if a free was attempted while a walk that saw the old entry was open. *Freed in
              sample* says that the table was really freed before the sample ended. Without both, silence means
              nothing.
            - A *near miss* is a table that was freed under an open walk, but was not read again. *Unmet* samples are
              those whose actors did not meet in time; they count for nothing.
            - *oversubscribed* tests have more actors than this host has CPUs, so their actors take turns.
            """.stripTrailing());
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void table(List<String> header, List<List<String>> rows) {
        row(header);
        row(header.stream().map(name -> "---").toList());
        rows.forEach(this::row);
        text.append('\n');
    }

    private void row(List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(escaped(cell)).append(' '));
        text.append("|\n");
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
    }
}
