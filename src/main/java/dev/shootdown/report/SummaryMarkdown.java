package dev.shootdown.report;

import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.stress.ForkStatistics;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.StressEffort;
import dev.shootdown.stress.TestObservation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The run for people: what it ran on, what it found, what is wrong with it, and how to read all that. */
final class SummaryMarkdown {
    private final RunReport report;
    private final MarkdownText text = new MarkdownText();

    private SummaryMarkdown(RunReport report) {
        this.report = report;
    }

    /** The text of the file. */
    static String text(RunReport report) {
        SummaryMarkdown summary = new SummaryMarkdown(report);
        summary.heading();
        summary.environment();
        summary.stressed();
        report.explored().ifPresent(summary::explored);
        summary.notRun();
        summary.findings();
        summary.howToRead();
        return summary.text.toString();
    }

    private void heading() {
        text.paragraph("# Verification run");
        switch (report.completeness()) {
            case COMPLETE -> result("Everything is as expected.");
            case EXPLORED -> {
                text.paragraph("**Exploration only.** The stress run was not over when this was written.");
                result("What was explored is as expected.");
            }
            case INTERRUPTED ->
                text.paragraph("**Interrupted.** What follows is what had been seen by then; it is no verdict.");
        }
    }

    private void result(String good) {
        text.paragraph(
                report.problems() == 0
                        ? good
                        : "**" + Numbers.counted(report.problems(), "finding") + "**, exit code "
                                + report.exitCode().number() + ": see below.");
    }

    private void environment() {
        text.paragraph("## Environment");
        List<List<String>> rows = new ArrayList<>();
        report.environment().entries().forEach(entry -> rows.add(List.of(entry.getKey(), entry.getValue())));
        rows.add(List.of("Profile", report.profile().label() + ", " + work()));
        rows.add(List.of("Limits", limits()));
        rows.add(List.of(
                "Started", report.started().truncatedTo(ChronoUnit.SECONDS).toString()));
        rows.add(List.of("Took", Numbers.time(report.elapsed())));
        text.table(List.of("", ""), rows);
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

    private void stressed() {
        if (report.observations().isEmpty()) {
            return;
        }
        text.paragraph("## Verdicts");
        text.table(VerdictMatrix.HEADER, VerdictMatrix.rows(report));
        text.paragraph("## Evidence");
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
        text.table(header, report.observations().stream().map(this::evidence).toList());
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

    private void explored(Explorations explored) {
        text.paragraph("## Explored");
        text.paragraph("SAFE means: exhaustive within these bounds under this memory model. The bounds are "
                + Numbers.counted(explored.bounds().executions(), "execution") + " a race, "
                + Numbers.counted(explored.bounds().steps(), "step")
                + " an execution. In parentheses: executions run.");
        for (MemoryModel model : explored.models()) {
            model.caveat().ifPresent(text::paragraph);
        }
        text.table(ExploredTable.header(explored), ExploredTable.rows(explored));
        List<String> header =
                List.of("memory model", "races", "as expected", "executions", "pruned", "executions/s", "took");
        text.table(header, explored.runs().stream().map(SummaryMarkdown::effort).toList());
        text.paragraph("Canaries, programs whose failures are known:");
        text.table(ExploredTable.canaryHeader(explored), ExploredTable.canaryRows(explored));
    }

    private static List<String> effort(ModelRun run) {
        return List.of(
                run.model().name(),
                Numbers.grouped(run.races().size() - run.notRun()),
                Numbers.grouped(run.asExpected()),
                Numbers.grouped(run.executions()),
                Numbers.grouped(run.pruned()),
                Numbers.compact(run.executionsPerSecond()),
                Numbers.seconds(run.wall()));
    }

    private void notRun() {
        List<String> lines = report.observations().stream()
                .flatMap(seen ->
                        seen.notRun().stream().map(reason -> "- " + seen.test().shortName() + ": " + reason))
                .toList();
        text.paragraph("## Not run");
        text.paragraph(lines.isEmpty() ? "Nothing was left out." : String.join("\n", lines));
    }

    private void findings() {
        text.paragraph("## Findings");
        text.items(report.findings().stream()
                .map(finding -> (finding.isNote() ? "Note: " : "") + finding.sentence())
                .toList());
    }

    private void howToRead() {
        text.paragraph("## How to read this");
        text.paragraph("""
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
            - *explored* is what exploration came to, under each memory model where they differ. *expected* of an explored
              race names the strongest model under which it must fail.
            - The engines are held against each other: whatever stress showed of a race that was exhausted under this
              host's memory model must be among the outcomes explored. Near misses and unmet samples are left out, because
              they are no outcomes of a walk; a near miss stands for the harmless outcome that it hides.
            """.stripTrailing());
    }
}
