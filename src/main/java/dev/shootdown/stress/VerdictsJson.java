package dev.shootdown.stress;

import dev.shootdown.race.RaceDescription;
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

/** Turns a stress run into {@code verdicts.json}, and reads such a file back. */
public final class VerdictsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private VerdictsJson() {}

    /** The text of the file. */
    public static String text(VerdictsDocument document) {
        return MAPPER.writeValueAsString(document) + "\n";
    }

    /** Reads a file. */
    public static VerdictsDocument read(Path file) {
        return MAPPER.readValue(file, VerdictsDocument.class);
    }

    /** A run as a document. */
    static VerdictsDocument document(StressReport report) {
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                environment(report.environment()),
                report.profile().label(),
                report.profile().limits(),
                report.completeness() == StressReport.Completeness.INTERRUPTED,
                report.observations().stream().map(seen -> race(seen, report)).toList(),
                report.findings().stream().map(VerdictsJson::finding).toList());
    }

    private static VerdictsDocument.Environment environment(HostEnvironment host) {
        return new VerdictsDocument.Environment(host.cpu(), host.cpus(), host.jdk(), host.os(), host.hostModel());
    }

    private static VerdictsDocument.FindingEntry finding(Finding finding) {
        return new VerdictsDocument.FindingEntry(
                finding.test().orElse(null), finding.severity().number(), finding.sentence());
    }

    private static VerdictsDocument.Race race(TestObservation seen, StressReport report) {
        RaceDescription race = seen.test().race();
        return new VerdictsDocument.Race(
                race.id(),
                race.walker(),
                race.mutator(),
                race.shootdown(),
                race.freeing(),
                race.satp(),
                race.conditions(),
                race.expected(),
                race.failsFrom(),
                race.reason(),
                race.source(),
                List.of(),
                stressed(seen, report));
    }

    private static VerdictsDocument.Stressed stressed(TestObservation seen, StressReport report) {
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
                seen.results().stream().map(VerdictsJson::configuration).toList());
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
