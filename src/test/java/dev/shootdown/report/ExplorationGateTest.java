package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploreResult;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The gate must fail for every reason it exists for, and say why; and it must let a good exploration pass. */
class ExplorationGateTest {
    private static final String SAFE = "fast-gup/munmap/s-mode-ipi/remove-page/sv39";
    private static final String BROKEN = "fast-gup/munmap/sbi-rfence/remove-page/sv39";

    private static List<Finding> judge(Explorations seen) {
        return ExplorationGate.judge(Reports.PLANNED, Reports.MODELS, seen);
    }

    private static void assertOnly(ExitCode severity, String sentence, List<Finding> findings) {
        assertAll(
                () -> assertEquals(
                        List.of(sentence),
                        findings.stream().map(Finding::sentence).toList()),
                () -> assertEquals(severity, Gate.exitCode(findings)));
    }

    @Test
    void aGoodExplorationPasses() {
        assertEquals(List.of(), judge(Reports.good()));
    }

    @Test
    void aFindingIsAboutARaceAndAModel() {
        Finding finding = judge(Reports.goodBut(
                        Reports.explored(Reports.SAFE, MemoryModel.TSO, new ExploreResult.Broken("boom"))))
                .getFirst();
        assertEquals(new Finding.Subject.OneExploration(SAFE, MemoryModel.TSO), finding.subject());
    }

    @Nested
    class AWrongVerdict {
        @Test
        void aSafeRaceThatFails() {
            ExploreResult fails = Reports.finished(Reports.SAFE, MemoryModel.TSO, Verdict.UNSAFE, Reports.FAILURE);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    SAFE
                            + " under TSO is expected SAFE (the interrupt is taken only when the walker's interrupts are on"
                            + " again; 69be3fb111e7), but it fails with READ_FREED_TABLE, at step 57 and after"
                            + " 1 preemption.",
                    judge(Reports.goodBut(Reports.explored(Reports.SAFE, MemoryModel.TSO, fails))));
        }

        @Test
        void anUnsafeRaceThatHolds() {
            ExploreResult holds = Reports.finished(Reports.BROKEN, MemoryModel.SC, Verdict.SAFE);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    BROKEN
                            + " under SC must fail (SIE does not mask M-mode: the fence completes in the middle of the walk;"
                            + " 69be3fb111e7), but none of its 40 executions did.",
                    judge(Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.SC, holds))));
        }

        @Test
        void anUnsafeRaceThatFailsInAWayThatIsNotItsOwn() {
            ExploreResult strange = Reports.finished(
                    Reports.BROKEN, MemoryModel.SC, Verdict.UNSAFE, Reports.FAILURE, "PINNED_FOREIGN_PAGE");
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    BROKEN + " under SC fails in a way that is not its own: PINNED_FOREIGN_PAGE, where only"
                            + " [READ_FREED_TABLE] can be.",
                    judge(Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.SC, strange))));
        }
    }

    @Test
    void anExecutionThatMayNotBeTheShortest() {
        ExploreResult atLength = Reports.failedAtLength(Reports.BROKEN, MemoryModel.SC);
        assertOnly(
                ExitCode.NOT_AS_EXPECTED,
                BROKEN
                        + " under SC fails as it must with READ_FREED_TABLE, at step 57 and after 1 preemption (there may be"
                        + " a shorter one): to look for the shortest failing execution took too long.",
                judge(Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.SC, atLength))));
    }

    @Nested
    class NoVerdict {
        @Test
        void aBoundWasHit() {
            ExploreResult cut = Reports.finished(Reports.SAFE, MemoryModel.TSO, Verdict.INCONCLUSIVE);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    SAFE
                            + " under TSO is undecided (expected SAFE): a bound was hit after 40 executions and 9 pruned, none"
                            + " of which failed.",
                    judge(Reports.goodBut(Reports.explored(Reports.SAFE, MemoryModel.TSO, cut))));
        }

        @Test
        void aDeadlock() {
            ExploreResult stuck = new ExploreResult.Deadlocked("it can deadlock, after the decisions [0, 1]");
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    BROKEN + " under SC deadlocks: it can deadlock, after the decisions [0, 1].",
                    judge(Reports.goodBut(Reports.explored(Reports.BROKEN, MemoryModel.SC, stuck))));
        }

        @Test
        void anError() {
            assertOnly(
                    ExitCode.BROKEN,
                    SAFE + " under SC could not be explored, because something threw: boom.",
                    judge(Reports.goodBut(
                            Reports.explored(Reports.SAFE, MemoryModel.SC, new ExploreResult.Broken("boom")))));
        }

        @Test
        void aRaceThatTheEngineRefused() {
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    SAFE + " under SC was not explored: too many harts.",
                    judge(Reports.goodBut(
                            Reports.explored(Reports.SAFE, MemoryModel.SC, Reports.refused("too many harts")))));
        }

        @Test
        void aModelThatTheEngineRefused() {
            ExploreResult refused = Reports.refused("no exploration under TSO");
            List<CanaryResult> canaries = new ArrayList<>(Reports.goodCanaries(List.of(MemoryModel.SC)));
            for (Canary canary : Canary.values()) {
                canaries.add(new CanaryResult(canary, MemoryModel.TSO, refused));
            }
            Explorations seen = Reports.explorations(
                    canaries,
                    List.of(
                            Reports.explored(Reports.SAFE, MemoryModel.TSO, refused),
                            Reports.explored(Reports.BROKEN, MemoryModel.TSO, refused)));
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED, "Nothing was explored under TSO: no exploration under TSO.", judge(seen));
        }

        @Test
        void aMissingRace() {
            List<ModelRun> runs = List.of(
                    new ModelRun(MemoryModel.SC, List.of(Reports.goodSafe(MemoryModel.SC)), Duration.ofMillis(5)),
                    Reports.good().runs().getLast());
            Explorations seen = new Explorations(Bounds.DEFAULT, Reports.goodCanaries(Reports.MODELS), runs, Map.of());
            assertOnly(
                    ExitCode.BROKEN,
                    BROKEN + " under SC is missing: it was to be explored, but there is no trace of it.",
                    judge(seen));
        }

        @Test
        void aMissingModel() {
            List<ModelRun> runs = List.of(Reports.good().runs().getFirst());
            List<Finding> findings =
                    judge(new Explorations(Bounds.DEFAULT, Reports.goodCanaries(Reports.MODELS), runs, Map.of()));
            assertEquals(Reports.PLANNED.size(), findings.size());
            assertTrue(findings.stream().allMatch(finding -> finding.severity() == ExitCode.BROKEN));
        }
    }

    @Nested
    class AnExplorationThatDidNotHappen {
        @Test
        void noRaces() {
            assertOnly(
                    ExitCode.BROKEN,
                    "No race at all was to be explored, so exploration shows nothing.",
                    ExplorationGate.judge(List.of(), Reports.MODELS, Reports.good()));
        }

        @Test
        void noModels() {
            assertOnly(
                    ExitCode.BROKEN,
                    "No race at all was to be explored, so exploration shows nothing.",
                    ExplorationGate.judge(Reports.PLANNED, List.of(), Reports.good()));
        }

        @Test
        void noCanaries() {
            assertOnly(
                    ExitCode.BROKEN,
                    "No canary was explored under TSO, so nobody knows whether the explorer finds anything there.",
                    judge(Reports.explorations(Reports.goodCanaries(List.of(MemoryModel.SC)), List.of())));
        }
    }

    @Nested
    class ACanary {
        private static List<Finding> judge(Canary canary, ExploreResult result) {
            List<CanaryResult> canaries = new ArrayList<>(Reports.goodCanaries(Reports.MODELS));
            canaries.replaceAll(each -> each.canary() == canary && each.model() == MemoryModel.TSO
                    ? new CanaryResult(canary, MemoryModel.TSO, result)
                    : each);
            return ExplorationGateTest.judge(Reports.explorations(canaries, List.of()));
        }

        @Test
        void thatIsMissed() {
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Canary TRACKER_WITH_READ_BARRIER under TSO must come out UNSAFE but came out SAFE, so the explorer is not to be"
                            + " believed under TSO.",
                    judge(
                            Canary.TRACKER_WITH_READ_BARRIER,
                            Reports.finished(Reports.SAFE, MemoryModel.TSO, Verdict.SAFE)));
        }

        @Test
        void thatIsAFalseAlarm() {
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Canary MESSAGE_PASSING under TSO must come out SAFE but came out UNSAFE, so the explorer is not to be"
                            + " believed under TSO.",
                    judge(Canary.MESSAGE_PASSING, Reports.finished(Reports.SAFE, MemoryModel.TSO, Verdict.UNSAFE)));
        }

        @Test
        void thatThrows() {
            assertOnly(
                    ExitCode.BROKEN,
                    "Canary FREED_TABLE under TSO must come out UNSAFE but came out ERROR: boom, so the explorer is not to"
                            + " be believed under TSO.",
                    judge(Canary.FREED_TABLE, new ExploreResult.Broken("boom")));
        }

        @Test
        void thatWasRefusedAloneIsNoExcuse() {
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Canary CHECK_THEN_ACT under TSO must come out UNSAFE but came out NOT_RUN: no, so the explorer is not"
                            + " to be believed under TSO.",
                    judge(Canary.CHECK_THEN_ACT, Reports.refused("no")));
        }
    }
}
