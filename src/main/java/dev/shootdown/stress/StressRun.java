package dev.shootdown.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a stress run brought back.
 *
 * @param observations what was seen of each test, in the order of the plan
 * @param findings what the gate has to say
 */
public record StressRun(List<TestObservation> observations, List<Finding> findings) {
    /** Copies the lists. */
    public StressRun {
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

    /**
     * {@return the observation of the test's broken twin, if it has one and it is part of the run}
     *
     * @param seen of this run
     */
    public Optional<TestObservation> twinOf(TestObservation seen) {
        return seen.test()
                .twin()
                .flatMap(name -> observations.stream()
                        .filter(other -> other.test().shortName().equals(name))
                        .findFirst());
    }
}
