package dev.shootdown.stress;

import java.util.List;
import java.util.Map;

/**
 * The forks of a run.
 *
 * @param configurations in the order of the plan
 * @param notRun by the short name of a test, why it cannot run on this host
 */
record ForkSchedule(List<PlannedConfiguration> configurations, Map<String, String> notRun) {
    /** Copies the collections. */
    ForkSchedule {
        configurations = List.copyOf(configurations);
        notRun = Map.copyOf(notRun);
    }

    /** How many forks a test has. */
    int forksOf(PlannedTest test) {
        return (int) configurations.stream()
                .filter(configuration -> configuration.test().equals(test))
                .count();
    }
}
