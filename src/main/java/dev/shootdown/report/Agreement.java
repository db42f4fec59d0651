package dev.shootdown.report;

import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Outcome;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.TestObservation;
import java.util.ArrayList;
import java.util.List;
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
     * @param host the memory model of the machine that it ran on
     * @return one finding for every outcome that stress has shown and exploration rules out
     */
    static List<Finding> judge(Explorations explored, List<TestObservation> stressed, MemoryModel host) {
        List<Finding> findings = new ArrayList<>();
        for (TestObservation seen : stressed) {
            Optional<ExploredRace> race = explored.of(seen.test().race().id(), host);
            race.filter(ExploredRace::isExhausted).ifPresent(each -> findings.addAll(judge(each, seen)));
        }
        return findings;
    }

    private static List<Finding> judge(ExploredRace race, TestObservation seen) {
        return seen.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getValue() > 0)
                .filter(outcome -> !NO_WALKS.contains(outcome.getKey()))
                .filter(outcome -> !race.walkOutcomes().contains(outcome.getKey()))
                .map(outcome -> breach(race, seen, outcome.getKey(), outcome.getValue()))
                .toList();
    }

    private static Finding breach(ExploredRace race, TestObservation seen, String outcome, long count) {
        String test = seen.test().shortName();
        return Finding.ofTest(
                test,
                ExitCode.NOT_AS_EXPECTED,
                test + " showed " + outcome + " " + Numbers.counted(count, "time") + " on this " + race.model()
                        + " host, but exploration of the same race, exhausted under " + race.model() + " with "
                        + Numbers.counted(race.executions(), "execution")
                        + ", never came to it: one of the engines is wrong.");
    }
}
