package dev.shootdown.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ForkStatus;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.StressExpectation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code verdicts.json}, field by field. Fields that a race has no value for are left out.
 *
 * @param schema the version of this format; it changes when a field changes its meaning or goes, not when one is added
 * @param environment the machine the run ran on
 * @param profile how much work the stress run did
 * @param limits how much had to be seen before a stress result counts
 * @param interrupted whether the run was stopped before its end
 * @param completeness how far it came: COMPLETE; EXPLORED, as long as the stress run is not over; INTERRUPTED
 * @param exploration how exploration was done, if it took part
 * @param races one entry a race
 * @param findings why the run may not be believed, and notes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerdictsDocument(
        int schema,
        Environment environment,
        String profile,
        GateLimits limits,
        boolean interrupted,
        String completeness,
        @Nullable Exploration exploration,
        List<Race> races,
        List<FindingEntry> findings) {

    /** The current version of the format. */
    public static final int SCHEMA = 1;

    /** The machine. */
    public record Environment(String cpu, int cpus, String jdk, String os, MemoryModel hostModel) {}

    /**
     * How exploration was done.
     *
     * @param executionBound executions after which a race was given up
     * @param stepBound steps after which an execution was given up
     */
    public record Exploration(
            long executionBound, int stepBound, List<ExploredModel> memoryModels, List<CanaryEntry> canaries) {}

    /**
     * All races under one memory model.
     *
     * @param caveat what has to be said beside every verdict under this model
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExploredModel(
            MemoryModel memoryModel,
            int races,
            long asExpected,
            long notRun,
            long executions,
            long pruned,
            long millis,
            double executionsPerSecond,
            @Nullable String caveat) {}

    /** A program whose failure is known, under one memory model. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CanaryEntry(
            String name,
            MemoryModel memoryModel,
            Verdict expected,
            String verdict,
            @Nullable String message) {}

    /** A race, what is claimed about it, and what was found; one that was only explored has no {@code stressed}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Race(
            String id,
            String walker,
            String mutator,
            String shootdown,
            String freeing,
            String satp,
            Map<String, String> conditions,
            Verdict expected,
            FailsFrom failsFrom,
            String reason,
            String source,
            List<Explored> explored,
            @Nullable Stressed stressed) {}

    /**
     * What exploration found under one memory model.
     *
     * @param verdict SAFE, UNSAFE, INCONCLUSIVE, DEADLOCK, ERROR or NOT_RUN
     * @param outcomes what walks came to
     * @param message why there is no exploration, if there is none
     * @param witness a file with a failing execution, relative to this one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Explored(
            MemoryModel memoryModel,
            Verdict expected,
            String verdict,
            long executions,
            long pruned,
            long millis,
            List<String> outcomes,
            @Nullable String message,
            @Nullable String witness) {}

    /**
     * What the stress run found.
     *
     * @param samples samples taken
     * @param forbidden samples in which the race failed
     * @param configurations forks that ran to their end, of those planned
     * @param upperBound95 the largest share of contended samples that may fail, if none did
     * @param failureRate the share of contended samples that failed
     * @param twinFailureRate the same of the broken twin: what the upper bound is to be compared with
     * @param statistics every counter the forks printed, added up
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Stressed(
            String test,
            StressExpectation expected,
            StressVerdict verdict,
            long samples,
            long forbidden,
            long nearMisses,
            long contended,
            long freedInSample,
            long unmet,
            long activeMillis,
            int configurations,
            int plannedConfigurations,
            long interruptsSelf,
            long interruptsByProxy,
            double hitsPerSecond,
            boolean oversubscribed,
            @Nullable String notRun,
            @Nullable String twin,
            @Nullable Double upperBound95,
            @Nullable Double failureRate,
            @Nullable Double twinFailureRate,
            Map<String, Long> outcomes,
            Map<String, Long> statistics,
            List<Configuration> perConfiguration) {}

    /** What one fork found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Configuration(
            String mode,
            ForkStatus status,
            long samples,
            long forbidden,
            double hitsPerSecond,
            long activeMillis,
            @Nullable Long skewLow,
            @Nullable Long skewHigh,
            @Nullable String skewUnit,
            Map<String, Long> outcomes,
            @Nullable String message,
            @Nullable String threadDump) {}

    /**
     * Something a gate said.
     *
     * @param test the stress test that it is about, if it is about one
     * @param explored the race, or canary, whose exploration it is about, if it is about one
     * @param memoryModel the model that was explored under
     * @param exitCode how the run ends because of it; 0 is a note
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindingEntry(
            @Nullable String test,
            @Nullable String explored,
            @Nullable MemoryModel memoryModel,
            int exitCode,
            String sentence) {}
}
