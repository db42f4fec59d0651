package dev.shootdown.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shootdown.explore.ExploreVerdict;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Protection;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ForkStatus;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.StressExpectation;
import java.time.Instant;
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
 * @param started when the run began; not said of several runs that were merged
 * @param elapsedMillis how long it took; not said of several runs that were merged
 * @param interrupted whether the run was stopped before its end
 * @param completeness how far it came: COMPLETE; EXPLORED, as long as the stress run is not over; INTERRUPTED
 * @param exploration how exploration was done, if it took part
 * @param races one entry a race
 * @param findings why the run may not be believed, and notes
 * @param sources the runs that were merged into this, if it is no run itself
 * @param scenarios the scenarios of the museum of which a race is here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerdictsDocument(
        int schema,
        Environment environment,
        String profile,
        GateLimits limits,
        @Nullable Instant started,
        @Nullable Long elapsedMillis,
        boolean interrupted,
        String completeness,
        @Nullable Exploration exploration,
        List<Race> races,
        List<FindingEntry> findings,
        @Nullable List<Source> sources,
        @Nullable List<Scenario> scenarios) {

    /** The current version of the format. */
    public static final int SCHEMA = 1;

    /** How many findings fail the run. */
    public long problems() {
        return findings.stream().filter(finding -> finding.exitCode() > 0).count();
    }

    /** How the run ends. */
    public int exitCode() {
        return findings.stream().mapToInt(FindingEntry::exitCode).max().orElse(0);
    }

    /** The same with other races. */
    public VerdictsDocument withRaces(List<Race> others) {
        return with(elapsedMillis, others, findings).withScenarios(Scenarios.of(others));
    }

    /** The same with other scenarios. */
    private VerdictsDocument withScenarios(@Nullable List<Scenario> others) {
        return new VerdictsDocument(
                schema,
                environment,
                profile,
                limits,
                started,
                elapsedMillis,
                interrupted,
                completeness,
                exploration,
                races,
                findings,
                sources,
                others);
    }

    /** The same with other findings. */
    public VerdictsDocument withFindings(List<FindingEntry> others) {
        return with(elapsedMillis, races, others);
    }

    /** The same, which took so long. */
    public VerdictsDocument withElapsed(long millis) {
        return with(millis, races, findings);
    }

    private VerdictsDocument with(@Nullable Long millis, List<Race> otherRaces, List<FindingEntry> otherFindings) {
        return new VerdictsDocument(
                schema,
                environment,
                profile,
                limits,
                started,
                millis,
                interrupted,
                completeness,
                exploration,
                otherRaces,
                otherFindings,
                sources,
                scenarios);
    }

    /** The machine. */
    public record Environment(String cpu, int cpus, String jdk, String os, MemoryModel hostModel) {
        /** As the rest of the program has it. */
        public HostEnvironment host() {
            return new HostEnvironment(cpu, cpus, jdk, os, hostModel);
        }
    }

    /**
     * A run that was merged with others.
     *
     * @param name where its results were
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Source(
            String name,
            Environment environment,
            String profile,
            String completeness,
            @Nullable Instant started) {}

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
            @Nullable String message) {
        /** Whether that is what must come out. */
        public boolean asExpected() {
            return verdict.equals(expected.name());
        }

        /** Whether it was not explored. */
        public boolean notRun() {
            return verdict.equals(ExploreVerdict.NOT_RUN.name());
        }
    }

    /**
     * A scenario of the museum: a race that really was.
     *
     * @param number its place in the curriculum
     * @param source the commit that fixed it, or a CVE, or where it was discussed
     */
    public record Scenario(int number, String name, String source, List<Exhibit> exhibits) {}

    /**
     * One form of a scenario.
     *
     * @param form BROKEN, FIXED or NEXT_BEST
     * @param difference what is special about it
     * @param race the id of its race, listed with the others if it was run
     * @param explorerOnly why no stress test shows it, where that is so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exhibit(
            String form,
            String difference,
            String race,
            Verdict expected,
            @Nullable String explorerOnly) {}

    /**
     * A race, what is claimed about it, and what was found; one that was only explored has no {@code stressed}.
     *
     * @param protection what comes to an end before the free and so keeps the walker off, if that is known
     * @param stressed what was found by stress: by a jcstress test, or in the VM of the run under the race's own id
     */
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
            @Nullable Protection protection,
            List<Explored> explored,
            @Nullable Stressed stressed) {
        /** Whether it was stressed in the VM of the run, and by no test of its own. */
        public boolean wasStressedInProcess() {
            return stressed != null && stressed.test().equals(id);
        }

        /** A race as it describes itself, with its results. */
        public static Race of(RaceDescription race, List<Explored> explored, @Nullable Stressed stressed) {
            return new Race(
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
                    race.protection(),
                    explored,
                    stressed);
        }
    }

    /**
     * What exploration found under one memory model.
     *
     * @param verdict SAFE, UNSAFE, INCONCLUSIVE, DEADLOCK, ERROR or NOT_RUN
     * @param outcomes what walks came to
     * @param message why there is no exploration, if there is none
     * @param witness a file with a failing execution, relative to this one
     * @param seen what each of several merged runs found
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
            @Nullable String witness,
            @Nullable List<SeenExplored> seen) {
        /** Whether that is what must come out. */
        public boolean asExpected() {
            return verdict.equals(expected.name());
        }

        /** Whether nothing was explored. */
        public boolean notRun() {
            return verdict.equals(ExploreVerdict.NOT_RUN.name());
        }

        /** Whether exploration came to an answer. */
        public boolean decided() {
            return isDecided(verdict);
        }

        /** Whether merged runs came to different answers. */
        public boolean contradicted() {
            return seen != null
                    && seen.stream()
                                    .map(SeenExplored::verdict)
                                    .filter(Explored::isDecided)
                                    .distinct()
                                    .count()
                            > 1;
        }

        private static boolean isDecided(String verdict) {
            return verdict.equals(Verdict.SAFE.name()) || verdict.equals(Verdict.UNSAFE.name());
        }
    }

    /** What one of several merged runs found by exploring. */
    public record SeenExplored(String source, String verdict, long executions) {}

    /** What one of several merged runs found under stress. */
    public record SeenStressed(String source, StressVerdict verdict, long samples, long forbidden, long contended) {}

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
     * @param seen what each of several merged runs found
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
            List<Configuration> perConfiguration,
            @Nullable List<SeenStressed> seen) {
        /** The test's name without its package. */
        public String shortName() {
            return test.substring(test.lastIndexOf('.') + 1);
        }
    }

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
            String sentence) {
        /** Whether it is about a stress test: gates leave the package out of names. */
        public boolean isAboutTest(String name) {
            return test != null && (name.equals(test) || name.endsWith("." + test));
        }
    }
}
