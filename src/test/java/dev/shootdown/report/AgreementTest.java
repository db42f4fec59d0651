package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.explore.ExploreResult;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Gate;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.ListedTest;
import dev.shootdown.stress.PlannedTest;
import dev.shootdown.stress.Runs;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.TestObservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static HostEnvironment host(MemoryModel model) {
        return new HostEnvironment("Test CPU", 2, "Test JDK", "Test OS", model);
    }

    private static TestObservation stressed(Map<String, Long> outcomes) {
        PlannedTest test = new PlannedTest(
                new ListedTest("toy.Broken", "toy.Broken", 2),
                "Broken",
                StressRace.of(Reports.BROKEN),
                Optional.empty());
        return Runs.seen(test, outcomes, Runs.GOOD);
    }

    private static List<Finding> judge(Explorations explored, Map<String, Long> outcomes) {
        return Agreement.judge(explored, List.of(stressed(outcomes)), host(MemoryModel.TSO));
    }

    @Test
    void whatStressShowedWasExplored() {
        assertEquals(List.of(), judge(Reports.good(), Map.of("PINNED", 50L, Reports.FAILURE, 7L)));
    }

    @Test
    void anOutcomeThatExplorationRulesOut() {
        List<Finding> findings = judge(Reports.good(), Map.of("PINNED", 50L, "RETRY", 7L));
        assertEquals(
                List.of(
                        "Broken showed RETRY 14 times on this TSO host (Test CPU), but exploration of the same race, exhausted under TSO"
                                + " with 40 executions, never came to it: one of the engines is wrong."),
                findings.stream().map(Finding::sentence).toList());
        assertEquals(ExitCode.NOT_AS_EXPECTED, Gate.exitCode(findings));
        assertEquals(new Finding.Subject.OneTest("Broken"), findings.getFirst().subject());
    }

    @Test
    void whatIsNoOutcomeOfAWalkIsLeftOut() {
        assertEquals(List.of(), judge(Reports.good(), Map.of("UNMET", 3L, "NEAR_MISS", 5L, "RETRY", 0L)));
    }

    @Test
    void anExplorationThatWasCutShortRulesNothingOut() {
        ExploreResult cut = Reports.finished(Reports.BROKEN, MemoryModel.TSO, Verdict.INCONCLUSIVE);
        Explorations undecided = Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.TSO, cut));
        assertEquals(List.of(), judge(undecided, Map.of("RETRY", 7L)));

        ExploreResult failed = Reports.cutShort(Reports.BROKEN, MemoryModel.TSO, Verdict.UNSAFE, Reports.FAILURE);
        Explorations atItsBound = Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.TSO, failed));
        assertEquals(List.of(), judge(atItsBound, Map.of("RETRY", 7L)));
    }

    @Test
    void onlyTheHostsModelCounts() {
        List<Finding> findings =
                Agreement.judge(Reports.good(), List.of(stressed(Map.of("RETRY", 7L))), host(MemoryModel.WEAK));
        assertEquals(List.of(), findings);
    }

    @Test
    void aRaceThatWasNotExploredIsNotCompared() {
        assertEquals(
                List.of(),
                Agreement.judge(Reports.good(), List.of(Runs.goodSafe(), Runs.goodBroken()), host(MemoryModel.TSO)));
    }
}
