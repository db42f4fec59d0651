package dev.shootdown.report;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.VerdictsDocument.Exploration;
import dev.shootdown.report.VerdictsDocument.ExploredModel;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.SeenStressed;
import dev.shootdown.report.VerdictsDocument.Source;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.StressEffort;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The run for people: what it ran on, what it found, what is wrong with it, and how to read all that. */
final class SummaryMarkdown {
    private final VerdictsDocument document;
    private final MarkdownText text = new MarkdownText();

    private SummaryMarkdown(VerdictsDocument document) {
        this.document = document;
    }

    /** The text of the file. */
    static String text(VerdictsDocument document) {
        SummaryMarkdown summary = new SummaryMarkdown(document);
        summary.heading();
        summary.environment();
        summary.stressed();
        summary.truthTable();
        summary.explored();
        summary.museum();
        summary.notRun();
        summary.findings();
        summary.howToRead();
        return summary.text.toString();
    }

    private void heading() {
        text.paragraph("# Verification run");
        switch (document.completeness()) {
            case "COMPLETE" -> result("Everything is as expected.");
            case "EXPLORED" -> {
                text.paragraph("**Exploration only.** The stress run was not over when this was written.");
                result("What was explored is as expected.");
            }
            default -> text.paragraph("**Interrupted.** What follows is what had been seen by then; it is no verdict.");
        }
    }

    private void result(String good) {
        text.paragraph(
                document.problems() == 0
                        ? good
                        : "**" + Numbers.counted(document.problems(), "finding") + "**, exit code "
                                + document.exitCode() + ": see below.");
    }

    private void environment() {
        text.paragraph("## Environment");
        List<Source> sources = document.sources();
        if (sources != null) {
            text.paragraph("Merged from " + Numbers.counted(sources.size(), "run") + ":");
            text.table(
                    List.of("run", "CPU", "memory model", "JDK", "OS", "profile", "completeness", "started"),
                    sources.stream().map(SummaryMarkdown::source).toList());
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        document.environment().host().entries().forEach(entry -> rows.add(List.of(entry.getKey(), entry.getValue())));
        rows.add(List.of("Profile", document.profile() + work()));
        rows.add(List.of("Limits", limits()));
        rows.add(List.of("Started", time(document.started())));
        Optional.ofNullable(document.elapsedMillis())
                .ifPresent(millis -> rows.add(List.of("Took", Numbers.time(Duration.ofMillis(millis)))));
        text.table(List.of("", ""), rows);
    }

    private static List<String> source(Source source) {
        VerdictsDocument.Environment host = source.environment();
        return List.of(
                source.name(),
                host.cpu() + " (" + host.cpus() + ")",
                host.hostModel().name(),
                host.jdk(),
                host.os(),
                source.profile(),
                source.completeness(),
                time(source.started()));
    }

    private static String time(@Nullable Instant instant) {
        return instant == null
                ? "unknown"
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String work() {
        return Profile.named(document.profile())
                .map(Profile::effort)
                .map(SummaryMarkdown::work)
                .orElse("");
    }

    private static String work(StressEffort effort) {
        return ", " + effort.iterations() + " × " + effort.iteration().toMillis() + " ms a fork, strides "
                + effort.strideSize() + " × " + effort.strideCount();
    }

    private String limits() {
        GateLimits limits = document.limits();
        String own = limits.equals(GateLimits.STANDARD) ? "standard" : "**not the standard ones**";
        return own + ": " + Numbers.grouped(limits.contended()) + " contended, "
                + Numbers.grouped(limits.freedInSample()) + " freed in sample, "
                + Numbers.grouped(limits.requiredHits()) + " hits of a required failure";
    }

    private Stream<Stressed> tests() {
        return document.races().stream().map(Race::stressed).filter(Objects::nonNull);
    }

    private void stressed() {
        if (tests().findAny().isEmpty()) {
            return;
        }
        text.paragraph("## Verdicts");
        long own = document.races().stream().filter(Race::wasStressedInProcess).count();
        if (own > 0) {
            text.paragraph("Stressed on threads of a VM of ours, not by a jcstress test, and so under their own ids: "
                    + Numbers.counted(own, "race") + ".");
        }
        text.table(VerdictMatrix.HEADER, VerdictMatrix.rows(document));
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
        text.table(header, tests().map(SummaryMarkdown::evidence).toList());
        origins();
    }

    private static List<String> evidence(Stressed seen) {
        return List.of(
                seen.shortName(),
                Numbers.grouped(seen.samples()),
                Numbers.grouped(seen.forbidden()),
                Numbers.grouped(seen.contended()),
                Numbers.grouped(seen.freedInSample()),
                Numbers.grouped(seen.nearMisses()),
                Numbers.grouped(seen.unmet()),
                Numbers.grouped(seen.interruptsSelf()) + " / " + Numbers.grouped(seen.interruptsByProxy()),
                share(seen.upperBound95()),
                share(seen.twinFailureRate()));
    }

    private static String share(@Nullable Double share) {
        return share == null ? "" : Numbers.share(share);
    }

    /** Who saw what, where several runs are added up. */
    private void origins() {
        List<List<String>> rows = tests().flatMap(SummaryMarkdown::origins).toList();
        if (!rows.isEmpty()) {
            text.paragraph("Of these, each run saw:");
            text.table(List.of("test", "run", "observed", "samples", "failed", "contended"), rows);
        }
    }

    private static Stream<List<String>> origins(Stressed test) {
        List<SeenStressed> seen = test.seen();
        return seen == null ? Stream.of() : seen.stream().map(each -> origin(test, each));
    }

    private static List<String> origin(Stressed test, SeenStressed seen) {
        return List.of(
                test.shortName(),
                seen.source(),
                seen.verdict().name(),
                Numbers.grouped(seen.samples()),
                Numbers.grouped(seen.forbidden()),
                Numbers.grouped(seen.contended()));
    }

    private void truthTable() {
        TruthTables tables = new TruthTables(document);
        if (tables.models().isEmpty()) {
            return;
        }
        text.paragraph("## Truth table");
        text.paragraph(
                "Strategies against dispatchers, as explored: the verdict, in parentheses what comes to an end before the"
                        + " free, and a mark: `" + TruthTables.AS_EXPECTED + "` as expected, `" + TruthTables.DISAGREES
                        + "` disagrees, `" + TruthTables.NOT_RUN + "` not run. A cell that was stressed on this "
                        + document.environment().hostModel() + " host says by what. `" + TruthTables.NO_CELL
                        + "` is no cell: only one dispatcher skips a hart that is away like this. `mask=absent`: the walker's hart"
                        + " is missing from the mask; with `local-only` it otherwise sets its bit as it switches in. *Nothing* is nothing that"
                        + " this walker holds off: the race fails, some only from a weaker memory model on. Tables that name a"
                        + " mutator too are of pages that are freed and tables that stay: there `recheck` says which entries the"
                        + " walker loads again after it took the page, both if nothing is said.");
        for (MemoryModel model : tables.models()) {
            for (String table : tables.names()) {
                text.paragraph("### " + table + " under " + model);
                text.table(tables.header(), tables.rows(table, model));
            }
        }
    }

    private void explored() {
        Exploration explored = document.exploration();
        if (explored == null) {
            return;
        }
        text.paragraph("## Explored");
        text.paragraph("SAFE means: exhaustive within these bounds under this memory model. The bounds are "
                + Numbers.counted(explored.executionBound(), "execution") + " a race, "
                + Numbers.counted(explored.stepBound(), "step")
                + " an execution. In parentheses: executions run.");
        explored.memoryModels().stream()
                .flatMap(model -> Optional.ofNullable(model.caveat()).stream())
                .forEach(text::paragraph);
        text.table(ExploredTable.header(document), ExploredTable.rows(document));
        List<String> header =
                List.of("memory model", "races", "as expected", "executions", "pruned", "executions/s", "took");
        text.table(
                header,
                explored.memoryModels().stream().map(SummaryMarkdown::effort).toList());
        text.paragraph("Canaries, programs whose failures are known:");
        text.table(ExploredTable.canaryHeader(document), ExploredTable.canaryRows(document));
    }

    private static List<String> effort(ExploredModel model) {
        return List.of(
                model.memoryModel().name(),
                Numbers.grouped(model.races() - model.notRun()),
                Numbers.grouped(model.asExpected()),
                Numbers.grouped(model.executions()),
                Numbers.grouped(model.pruned()),
                Numbers.compact(model.executionsPerSecond()),
                Numbers.seconds(Duration.ofMillis(model.millis())));
    }

    private void museum() {
        if (document.scenarios() != null) {
            text.paragraph("## Museum");
            text.paragraph(
                    "Races that really were, as they were, as they were mended, and as another fix would have left"
                            + " them.");
            text.table(List.of("scenario", "source", "actors"), ScenarioTable.actors(document));
            text.table(ScenarioTable.header(document), ScenarioTable.rows(document));
        }
    }

    private void notRun() {
        List<String> lines = LeftOut.of(document);
        text.paragraph("## Not run");
        if (lines.isEmpty()) {
            text.paragraph("Nothing was left out.");
        } else {
            text.items(lines);
        }
    }

    private void findings() {
        text.paragraph("## Findings");
        text.items(document.findings().stream()
                .map(finding -> (finding.exitCode() == 0 ? "Note: " : "") + finding.sentence())
                .toList());
    }

    private void howToRead() {
        text.paragraph("## How to read this");
        text.paragraph("""
            - *expected* is what this host has to show: UNSAFE, a failure; SAFE, none; NOT_OBSERVABLE, none either,
              because its memory model is too strong.
            - *observed* is UNSAFE if a failure was seen. NOT_OBSERVED is not a proof: the number beside it is the
              largest share of contended samples that may still fail (three over their number, 95% confidence).
              Compare it with the *twin's rate*, which is how often the same race fails with one thing wrong: its failures
              over its contended samples, or over its failures where these are more, since a sample can fail without
              counting as contended.
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
