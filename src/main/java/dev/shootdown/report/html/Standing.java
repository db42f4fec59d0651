package dev.shootdown.report.html;

import dev.shootdown.race.Outcome;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Verdict;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.StressExpectation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How races stand in a run: what was expected against what was seen.
 *
 * @param document the run
 */
record Standing(VerdictsDocument document) {
    private static final Set<String> NO_WALKS = Set.of(Outcome.UNMET.name(), Outcome.NEAR_MISS.name());

    Status of(Race race) {
        if (disagrees(race)) {
            return Status.DISAGREES;
        }
        if (isNotRun(race)) {
            return Status.NOT_RUN;
        }
        if (!findings(race).isEmpty() || (race.wasStressedInProcess() && showedNothing(race.stressed()))) {
            return Status.NOT_SHOWN;
        }
        return race.expected() == Verdict.SAFE ? Status.SAFE : Status.UNSAFE;
    }

    private boolean disagrees(Race race) {
        Stressed stressed = race.stressed();
        return race.explored().stream().anyMatch(Standing::disagrees)
                || (stressed != null && (disagrees(race, stressed) || contradicts(stressed, race)));
    }

    /** Whether stress has shown an outcome that exploration never came to, and a gate minds. */
    private boolean contradicts(Stressed stressed, Race race) {
        Set<String> seen = new HashSet<>();
        stressed.outcomes().forEach((outcome, count) -> {
            if (count > 0) {
                seen.add(outcome);
            }
        });
        seen.removeAll(NO_WALKS);
        return !findings(race).isEmpty()
                && race.explored().stream()
                        .filter(each ->
                                each.memoryModel() == document.environment().hostModel())
                        .filter(Standing::wasRun)
                        .anyMatch(each -> !walkOutcomes(each).containsAll(seen));
    }

    /** What single walks came to; several walkers' outcomes stand in one, with commas. */
    private static Set<String> walkOutcomes(Explored explored) {
        return explored.outcomes().stream()
                .flatMap(each -> Arrays.stream(each.split(",", -1)))
                .collect(Collectors.toSet());
    }

    static boolean disagrees(Explored explored) {
        return wasRun(explored) && (!explored.asExpected() || explored.contradicted());
    }

    /** That a failure did not come speaks against a race only where a test was made to show it. */
    boolean disagrees(Race race, Stressed stressed) {
        return disagrees(stressed) && !(race.wasStressedInProcess() && showedNothing(stressed));
    }

    private static boolean showedNothing(@Nullable Stressed stressed) {
        return stressed != null
                && stressed.verdict() != StressVerdict.UNSAFE
                && (stressed.verdict() == StressVerdict.INCONCLUSIVE
                        || stressed.expected() == StressExpectation.UNSAFE);
    }

    /** A required failure that did not come counts only when the run is over. */
    private boolean disagrees(Stressed stressed) {
        if (stressed.notRun() != null) {
            return false;
        }
        boolean failed = stressed.verdict() == StressVerdict.UNSAFE;
        boolean must = stressed.expected() == StressExpectation.UNSAFE;
        return failed ? !must : must && !document.interrupted();
    }

    private static boolean isNotRun(Race race) {
        Stressed stressed = race.stressed();
        boolean nothing = !wasExplored(race) && stressed == null;
        boolean partly = race.explored().stream().anyMatch(each -> !wasRun(each));
        return nothing || partly || (stressed != null && isNotRun(stressed));
    }

    private static boolean isNotRun(Stressed stressed) {
        return stressed.notRun() != null || stressed.configurations() < stressed.plannedConfigurations();
    }

    static boolean wasRun(Explored explored) {
        return !explored.notRun();
    }

    static boolean wasExplored(Race race) {
        return race.explored().stream().anyMatch(Standing::wasRun);
    }

    static boolean wasStressed(Race race) {
        Stressed stressed = race.stressed();
        return stressed != null && stressed.notRun() == null;
    }

    /** What the gates have against a race. */
    List<String> findings(Race race) {
        return document.findings().stream()
                .filter(each -> each.exitCode() != 0 && isAbout(each, race))
                .map(FindingEntry::sentence)
                .toList();
    }

    private static boolean isAbout(FindingEntry finding, Race race) {
        Stressed stressed = race.stressed();
        boolean itsTest = stressed != null && finding.isAboutTest(stressed.test());
        return itsTest || race.id().equals(finding.explored());
    }
}
