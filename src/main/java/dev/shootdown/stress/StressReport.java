package dev.shootdown.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A whole run, as the reports tell it.
 *
 * @param environment the machine
 * @param profile how much work was asked for
 * @param started when the run began
 * @param elapsed how long it took
 * @param completeness whether it was let run to its end
 * @param observations what was seen of each test, in the order of the plan
 * @param findings what the gate has to say
 */
record StressReport(
        HostEnvironment environment,
        Profile profile,
        Instant started,
        Duration elapsed,
        Completeness completeness,
        List<TestObservation> observations,
        List<Finding> findings) {

    /** Whether a run was let run to its end. */
    enum Completeness {
        /** It was. */
        COMPLETE,
        /** It was stopped from outside. */
        INTERRUPTED
    }

    /** Copies the lists. */
    StressReport {
        observations = List.copyOf(observations);
        findings = List.copyOf(findings);
    }

    /** What was seen of each test of a plan. */
    static List<TestObservation> observations(
            StressPlan plan, ForkSchedule schedule, List<ConfigurationResult> results) {
        Map<PlannedTest, List<ConfigurationResult>> byTest = results.stream()
                .collect(Collectors.groupingBy(result -> result.configuration().test()));
        List<TestObservation> observations = new ArrayList<>();
        for (PlannedTest test : plan.tests()) {
            Optional<String> notRun = Optional.ofNullable(schedule.notRun().get(test.shortName()));
            List<ConfigurationResult> own = byTest.getOrDefault(test, List.of());
            observations.add(new TestObservation(test, schedule.forksOf(test), own, notRun));
        }
        return observations;
    }

    /** The observation of the test's broken twin, if it has one and it is part of the run. */
    Optional<TestObservation> twinOf(TestObservation seen) {
        return seen.test()
                .twin()
                .flatMap(name -> observations.stream()
                        .filter(other -> other.test().shortName().equals(name))
                        .findFirst());
    }

    /** The findings about one test, notes included. */
    List<Finding> findingsOn(PlannedTest test) {
        Optional<String> name = Optional.of(test.shortName());
        return findings.stream().filter(finding -> finding.test().equals(name)).toList();
    }

    /** How the run ends. */
    ExitCode exitCode() {
        return Gate.exitCode(findings);
    }
}
