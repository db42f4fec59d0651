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

    /** {@return how many findings fail the run} */
    public long problems() {
        return findings.stream().filter(finding -> finding.exitCode() > 0).count();
    }

    /** {@return how the run ends} */
    public int exitCode() {
        return findings.stream().mapToInt(FindingEntry::exitCode).max().orElse(0);
    }

    /**
     * {@return the same with other races}
     *
     * @param others in their order
     */
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

    /**
     * {@return the same with other findings}
     *
     * @param others in their order
     */
    public VerdictsDocument withFindings(List<FindingEntry> others) {
        return with(elapsedMillis, races, others);
    }

    /**
     * {@return the same, which took so long}
     *
     * @param millis milliseconds
     */
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

    /**
     * The machine.
     *
     * @param cpu the processor's name
     * @param cpus how many the VM may use
     * @param jdk vendor and version
     * @param os name and version
     * @param hostModel the memory model that the architecture promises
     */
    public record Environment(String cpu, int cpus, String jdk, String os, MemoryModel hostModel) {
        /** {@return the same as the rest of the program has it} */
        public HostEnvironment host() {
            return new HostEnvironment(cpu, cpus, jdk, os, hostModel);
        }
    }

    /**
     * A run that was merged with others.
     *
     * @param name where its results were
     * @param environment the machine that it was on
     * @param profile how hard it worked
     * @param completeness EXPLORED or COMPLETE, as in the document
     * @param started when; null in results that did not say
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
     * @param memoryModels what each came to
     * @param canaries programs whose failure is known
     */
    public record Exploration(
            long executionBound, int stepBound, List<ExploredModel> memoryModels, List<CanaryEntry> canaries) {}

    /**
     * All races under one memory model.
     *
     * @param memoryModel the model
     * @param races how many
     * @param asExpected how many of them came out as they must
     * @param notRun how many the engine would not explore
     * @param executions complete ones, of all races
     * @param pruned executions that were given up because an equivalent one had been run
     * @param millis how long it took, writing down what failed included
     * @param executionsPerSecond of wall time, over all workers
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

    /**
     * A program whose failure is known, under one memory model.
     *
     * @param name the program's
     * @param memoryModel the model
     * @param expected what must come out
     * @param verdict what came out; as of {@link Explored}
     * @param message why it was not explored; null if it was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CanaryEntry(
            String name,
            MemoryModel memoryModel,
            Verdict expected,
            String verdict,
            @Nullable String message) {
        /** {@return whether that is what must come out} */
        public boolean asExpected() {
            return verdict.equals(expected.name());
        }

        /** {@return whether it was not explored} */
        public boolean notRun() {
            return verdict.equals(ExploreVerdict.NOT_RUN.name());
        }
    }

    /**
     * A scenario of the museum: a race that really was.
     *
     * @param number its place in the curriculum
     * @param name in a few words
     * @param source the commit that fixed it, or a CVE, or where it was discussed
     * @param actors who takes part; missing in documents that say no such thing
     * @param exhibits its forms, broken first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scenario(
            int number,
            String name,
            String source,
            @Nullable List<Actor> actors,
            List<Exhibit> exhibits) {}

    /**
     * Who takes part in a scenario.
     *
     * @param role WALKER, FREER or THIRD
     * @param who what the kernel has there
     */
    public record Actor(String role, String who) {}

    /**
     * One form of a scenario.
     *
     * @param form BROKEN, FIXED or NEXT_BEST
     * @param difference what is special about it
     * @param race the id of its race, listed with the others if it was run
     * @param expected what must come out
     * @param weakerHost what it takes of a host to show it, where one with total store order cannot
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exhibit(
            String form,
            String difference,
            String race,
            Verdict expected,
            @Nullable String weakerHost) {}

    /**
     * A race, what is claimed about it, and what was found; one that was only explored has no {@code stressed}.
     *
     * @param id the race's id
     * @param walker name of the walker
     * @param mutator name of the mutator
     * @param shootdown name of the dispatcher
     * @param freeing name of the free strategy
     * @param satp the translation mode
     * @param conditions those that are not the default
     * @param expected SAFE or UNSAFE
     * @param failsFrom the strongest memory model under which it fails
     * @param reason one sentence: why
     * @param source the kernel commit or specification section that the expectation rests on
     * @param protection what comes to an end before the free and so keeps the walker off, if that is known
     * @param explored what was found under each memory model
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
        /** {@return whether it was stressed in the VM of the run, and by no test of its own} */
        public boolean wasStressedInProcess() {
            return stressed != null && stressed.test().equals(id);
        }

        /**
         * {@return a race as it describes itself, with its results}
         *
         * @param race in words
         * @param explored what was found under each memory model
         * @param stressed what was found by stress; null if it was not stressed
         */
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
     * @param memoryModel the model
     * @param expected what must come out
     * @param verdict SAFE, UNSAFE, INCONCLUSIVE, DEADLOCK, ERROR or NOT_RUN
     * @param executions complete ones
     * @param pruned executions that were given up because an equivalent one had been run
     * @param millis how long it took, in milliseconds
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
        /** {@return whether that is what must come out} */
        public boolean asExpected() {
            return verdict.equals(expected.name());
        }

        /** {@return whether nothing was explored} */
        public boolean notRun() {
            return verdict.equals(ExploreVerdict.NOT_RUN.name());
        }

        /** {@return whether exploration came to an answer} */
        public boolean decided() {
            return isDecided(verdict);
        }

        /** {@return whether merged runs came to different answers} */
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

    /**
     * What one of several merged runs found by exploring.
     *
     * @param source name of the run
     * @param verdict as of {@link Explored}
     * @param executions complete ones
     */
    public record SeenExplored(String source, String verdict, long executions) {}

    /**
     * What one of several merged runs found under stress.
     *
     * @param source name of the run
     * @param verdict what was found
     * @param samples samples taken
     * @param forbidden samples in which the race failed
     * @param contended samples in which a free was attempted while a walk that had seen the old entry was open
     */
    public record SeenStressed(String source, StressVerdict verdict, long samples, long forbidden, long contended) {}

    /**
     * What the stress run found.
     *
     * @param test its class or, of a race that was stressed in the VM of the run, the race's id
     * @param expected what the host has to show
     * @param verdict what was found
     * @param samples samples taken
     * @param forbidden samples in which the race failed
     * @param nearMisses samples in which a table was freed while a walk that had been in it was open
     * @param contended samples in which a free was attempted while a walk that had seen the old entry was open
     * @param freedInSample samples in which the frame that the race is about was freed before they ended
     * @param unmet samples whose actors did not meet in time
     * @param activeMillis how long was measured, in milliseconds
     * @param configurations forks that ran to their end, of those planned
     * @param plannedConfigurations forks that were planned
     * @param interruptsSelf interrupts that a hart took itself
     * @param interruptsByProxy interrupts that their sender took in the target's place
     * @param hitsPerSecond failures in a second of measuring
     * @param oversubscribed whether actors had to share processors in any fork
     * @param notRun why nothing was run; null if something was
     * @param twin the test of the same race with one thing wrong, or a race much like it; null if there is none
     * @param upperBound95 the largest share of contended samples that may fail, if none did
     * @param failureRate failed samples over the larger of contended and failed samples, at most 1: a sample can fail
     *     without counting as contended
     * @param twinFailureRate the same of the broken twin: what the upper bound is to be compared with
     * @param outcomes how often each came out
     * @param statistics every counter the forks printed, added up
     * @param perConfiguration what each fork found
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
        /** {@return the test's name without its package} */
        public String shortName() {
            return test.substring(test.lastIndexOf('.') + 1);
        }
    }

    /**
     * What one fork found.
     *
     * @param mode the compile mode, and the placement where there was a choice
     * @param status how the fork ended
     * @param samples samples taken
     * @param forbidden samples in which the race failed
     * @param hitsPerSecond failures in a second of measuring
     * @param activeMillis how long was measured, in milliseconds
     * @param skewLow the lower end of the skew that was settled on; null if there is none
     * @param skewHigh the upper end; null if there is none
     * @param skewUnit what the skew is counted in; null if that was not said
     * @param outcomes how often each came out
     * @param message the most important thing that the fork or its VM had to say; null if they had none
     * @param threadDump a file, if the fork had to be ended
     */
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
     * @param sentence what was found, for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindingEntry(
            @Nullable String test,
            @Nullable String explored,
            @Nullable MemoryModel memoryModel,
            int exitCode,
            String sentence) {
        /**
         * {@return whether it is about a stress test: gates leave the package out of names}
         *
         * @param name a class's, with its package
         */
        public boolean isAboutTest(String name) {
            return test != null && (name.equals(test) || name.endsWith("." + test));
        }
    }
}
