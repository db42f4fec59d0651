package dev.shootdown.report;

import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ConfigurationResult;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Finding.Subject;
import dev.shootdown.stress.ForkStatistics;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.TestObservation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Turns a run into {@code verdicts.json}; {@link VerdictsFile} reads such a file. */
public final class VerdictsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private VerdictsJson() {}

    /**
     * {@return the text of the file}
     *
     * @param document what a run found
     */
    public static String text(VerdictsDocument document) {
        return MAPPER.writeValueAsString(document) + "\n";
    }

    /**
     * {@return the run as a document}
     *
     * @param report the run
     */
    public static VerdictsDocument document(RunReport report) {
        List<VerdictsDocument.Race> races =
                report.races().stream().map(row -> race(row, report)).toList();
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                environment(report.environment()),
                report.profile().label(),
                report.profile().limits(),
                report.started(),
                report.elapsed().toMillis(),
                report.completeness() == RunReport.Completeness.INTERRUPTED,
                report.completeness().name(),
                report.explored().map(VerdictsJson::exploration).orElse(null),
                races,
                report.findings().stream().map(VerdictsJson::finding).toList(),
                null,
                Scenarios.of(races));
    }

    private static VerdictsDocument.Environment environment(HostEnvironment host) {
        return new VerdictsDocument.Environment(host.cpu(), host.cpus(), host.jdk(), host.os(), host.hostModel());
    }

    private static VerdictsDocument.FindingEntry finding(Finding finding) {
        int exitCode = finding.severity().number();
        return switch (finding.subject()) {
            case Subject.WholeRun() ->
                new VerdictsDocument.FindingEntry(null, null, null, exitCode, finding.sentence());
            case Subject.OneTest(String test) ->
                new VerdictsDocument.FindingEntry(test, null, null, exitCode, finding.sentence());
            case Subject.OneExploration(var program, var model) ->
                new VerdictsDocument.FindingEntry(null, program, model, exitCode, finding.sentence());
        };
    }

    private static VerdictsDocument.Exploration exploration(Explorations explored) {
        return new VerdictsDocument.Exploration(
                explored.bounds().executions(),
                explored.bounds().steps(),
                explored.runs().stream().map(VerdictsJson::model).toList(),
                explored.canaries().stream().map(VerdictsJson::canary).toList());
    }

    private static VerdictsDocument.ExploredModel model(ModelRun run) {
        return new VerdictsDocument.ExploredModel(
                run.model(),
                run.races().size(),
                run.asExpected(),
                run.notRun(),
                run.executions(),
                run.pruned(),
                run.wall().toMillis(),
                run.executionsPerSecond(),
                run.model().caveat().orElse(null));
    }

    private static VerdictsDocument.CanaryEntry canary(CanaryResult canary) {
        return new VerdictsDocument.CanaryEntry(
                canary.canary().name(),
                canary.model(),
                canary.expected(),
                canary.verdict().name(),
                canary.result().message().orElse(null));
    }

    private static VerdictsDocument.Race race(RunReport.RaceRow row, RunReport report) {
        return VerdictsDocument.Race.of(
                row.race(),
                row.explored().stream().map(each -> explored(each, report)).toList(),
                row.stressed()
                        .map(seen -> stressed(seen, report))
                        .or(() -> row.cell().map(seen -> cell(seen, report)))
                        .orElse(null));
    }

    private static VerdictsDocument.Explored explored(ExploredRace race, RunReport report) {
        return new VerdictsDocument.Explored(
                race.model(),
                race.expected(),
                race.verdict().name(),
                race.executions(),
                race.pruned(),
                race.elapsed().toMillis(),
                race.outcomes().stream().sorted().toList(),
                race.result().message().orElse(null),
                report.explored().flatMap(all -> all.witnessOf(race)).orElse(null),
                null);
    }

    private static VerdictsDocument.Stressed stressed(TestObservation seen, RunReport report) {
        ForkStatistics statistics = seen.statistics();
        Optional<TestObservation> twin = report.twinOf(seen);
        return new VerdictsDocument.Stressed(
                seen.test().listed().name(),
                seen.expectedOn(report.environment().hostModel()),
                seen.verdict(),
                seen.samples(),
                seen.failures(),
                statistics.nearMisses(),
                statistics.contended(),
                statistics.freedInSample(),
                statistics.unmet(),
                millis(statistics.activeNanos()),
                seen.completed(),
                seen.planned(),
                statistics.interruptsSelf(),
                statistics.interruptsByProxy(),
                seen.failuresPerSecond(),
                seen.oversubscribed(),
                seen.notRun().orElse(null),
                twin.map(other -> other.test().listed().name()).orElse(null),
                boxed(seen.upperBound95()),
                boxed(seen.failureRate()),
                boxed(twin.map(TestObservation::failureRate).orElse(OptionalDouble.empty())),
                seen.outcomes(),
                statistics.counters(),
                seen.results().stream().map(VerdictsJson::configuration).toList(),
                null);
    }

    private static VerdictsDocument.Stressed cell(Stressed seen, RunReport report) {
        HostEnvironment host = report.environment();
        CellRun cells = report.cells().orElseThrow();
        Optional<String> twin = new CellGate(cells, report.failedTests(), host.hostModel()).twinOf(seen.race());
        Optional<Stressed> twinSeen = twin.flatMap(cells::of);
        boolean safe = seen.race().describe().expected() == Verdict.SAFE;
        return StressedInProcess.entry(
                seen,
                host,
                safe ? twin.orElse(null) : null,
                safe ? twinSeen.map(StressedInProcess::failureRate).orElse(null) : null);
    }

    private static VerdictsDocument.Configuration configuration(ConfigurationResult result) {
        ForkStatistics statistics = result.statistics().orElse(ForkStatistics.NONE);
        return new VerdictsDocument.Configuration(
                result.configuration().mode(),
                result.status(),
                result.samples(),
                result.failures(),
                result.failuresPerSecond(),
                millis(statistics.activeNanos()),
                boxed(statistics.skewLow()),
                boxed(statistics.skewHigh()),
                statistics.skewUnit().orElse(null),
                result.outcomes(),
                result.firstMessage().orElse(null),
                result.threadDump().map(Path::toString).orElse(null));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
