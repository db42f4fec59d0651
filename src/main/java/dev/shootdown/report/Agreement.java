package dev.shootdown.report;

import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Stressed;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.TestObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the two engines against each other: what stress has shown of a race, exploration under the host's memory model must
 * have met as well, if it was exhausted. An id names a race with all its conditions, so equal ids are the same race.
 *
 * <p>Two outcomes of a stressed sample are no outcomes of a walk, and are left out. UNMET says nothing. NEAR_MISS stands for
 * the harmless outcome of a walk that it hides, which is not recorded.
 */
final class Agreement {
    private static final Set<String> NO_WALKS = Set.of(Outcome.UNMET.name(), Outcome.NEAR_MISS.name());

    private Agreement() {}

    /**
     * Compares.
     *
     * @param explored what exploration met
     * @param stressed what the stress run saw
     * @param host the machine that it ran on
     * @return one finding for every outcome that stress has shown and exploration rules out
     */
    static List<Finding> judge(Explorations explored, List<TestObservation> stressed, HostEnvironment host) {
        List<Finding> findings = new ArrayList<>();
        for (TestObservation seen : stressed) {
            exhausted(explored, seen.test().race().id(), host.hostModel())
                    .ifPresent(race -> findings.addAll(judge(race, seen.test().shortName(), seen.outcomes(), host)));
        }
        return findings;
    }

    /** Compares with what was seen in this VM. */
    static List<Finding> judgeCells(Explorations explored, List<Stressed> stressed, HostEnvironment host) {
        List<Finding> findings = new ArrayList<>();
        for (Stressed seen : stressed) {
            String id = seen.race().id();
            exhausted(explored, id, host.hostModel())
                    .ifPresent(race -> findings.addAll(judge(race, id, seen.outcomes(), host)));
        }
        return findings;
    }

    private static Optional<ExploredRace> exhausted(Explorations explored, String race, MemoryModel host) {
        return explored.of(race, host).filter(ExploredRace::isExhausted);
    }

    private static List<Finding> judge(
            ExploredRace race, String test, Map<String, Long> outcomes, HostEnvironment host) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getValue() > 0)
                .filter(outcome -> !NO_WALKS.contains(outcome.getKey()))
                .filter(outcome -> !race.walkOutcomes().contains(outcome.getKey()))
                .map(outcome -> breach(race, test, outcome, host))
                .toList();
    }

    private static Finding breach(
            ExploredRace race, String test, Map.Entry<String, Long> outcome, HostEnvironment host) {
        return Finding.ofTest(
                test,
                ExitCode.NOT_AS_EXPECTED,
                test + " showed " + outcome.getKey() + " " + Numbers.counted(outcome.getValue(), "time") + " on this "
                        + race.model() + " host (" + host.cpu()
                        + "), but exploration of the same race, exhausted under " + race.model() + " with "
                        + Numbers.counted(race.executions(), "execution")
                        + ", never came to it: one of the engines is wrong.");
    }
}
