package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The gate must fail for every reason it exists for, and say why; and it must let a good run pass. */
class GateTest {
    private static List<Finding> judge(TestObservation... observations) {
        List<PlannedTest> planned = new ArrayList<>(List.of(Runs.safe(), Runs.broken()));
        return judge(planned, observations);
    }

    private static List<Finding> judge(List<PlannedTest> planned, TestObservation... observations) {
        return Gate.judge(planned, List.of(observations), MemoryModel.TSO, GateLimits.STANDARD);
    }

    private static void assertOnly(ExitCode severity, String sentence, List<Finding> findings) {
        assertAll(
                () -> assertEquals(
                        List.of(sentence),
                        findings.stream().map(Finding::sentence).toList()),
                () -> assertEquals(severity, Gate.exitCode(findings)));
    }

    private static void assertHas(ExitCode severity, String sentence, List<Finding> findings) {
        assertTrue(
                findings.stream()
                        .anyMatch(finding -> finding.sentence().equals(sentence) && finding.severity() == severity),
                () -> "expected: " + sentence + "\nbut there is: " + findings);
    }

    @Test
    void aGoodRunPasses() {
        List<Finding> findings = judge(Runs.goodSafe(), Runs.goodBroken());
        assertAll(
                () -> assertEquals(List.of(), findings),
                () -> assertEquals(ExitCode.AS_EXPECTED, Gate.exitCode(findings)));
    }

    @Test
    void theMoreSeriousFindingDecidesHowTheRunEnds() {
        Finding wrong = Finding.ofRun(ExitCode.NOT_AS_EXPECTED, "");
        Finding broken = Finding.ofRun(ExitCode.BROKEN, "");
        assertEquals(ExitCode.BROKEN, Gate.exitCode(List.of(wrong, broken, wrong)));
    }

    @Nested
    class ARunThatDidNotHappen {
        @Test
        void noTestsAtAll() {
            assertOnly(
                    ExitCode.BROKEN,
                    "No tests at all were planned, so nothing was shown: check META-INF/TestList.",
                    judge(List.of()));
        }

        @Test
        void aMissingTest() {
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe is missing: it was planned, but there is no trace of it in the results.",
                    judge(Runs.goodBroken()));
        }

        @Test
        void aTestThatThisHostCannotRun() {
            TestObservation notRun = new TestObservation(Runs.safe(), 0, List.of(), Optional.of("it needs 9 CPUs"));
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe was not run: it needs 9 CPUs.",
                    judge(notRun, Runs.goodBroken()));
        }

        @Test
        void zeroSamples() {
            List<Finding> findings = judge(Runs.seen(Runs.safe(), Map.of(), Runs.GOOD), Runs.goodBroken());
            assertHas(
                    ExitCode.BROKEN, "Freeing_01_Safe took no samples at all, so its silence means nothing.", findings);
        }

        @Test
        void zeroSamplesInOneConfiguration() {
            ConfigurationResult empty = Runs.result(Runs.safe(), "C2", ForkStatus.COMPLETED, Map.of(), Runs.GOOD);
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe took zero samples in C2.",
                    judge(Runs.withSecond(Runs.goodSafe(), empty), Runs.goodBroken()));
        }

        @Test
        void fewerConfigurationsThanPlanned() {
            TestObservation good = Runs.goodSafe();
            TestObservation fewer = new TestObservation(good.test(), 3, good.results(), Optional.empty());
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe ran in fewer configurations than planned: 2 of 3.",
                    judge(fewer, Runs.goodBroken()));
        }
    }

    @Nested
    class ARunThatBroke {
        private static ConfigurationResult ended(ForkStatus status, String message, Optional<Path> dump) {
            ConfigurationResult result = Runs.result(Runs.safe(), "C2", ForkStatus.COMPLETED, Map.of(), Runs.GOOD);
            return new ConfigurationResult(
                    result.configuration(), status, new TreeMap<>(), Optional.empty(), List.of(message), dump);
        }

        @Test
        void aCrashedFork() {
            ConfigurationResult crashed = ended(ForkStatus.CRASHED, "Failed with error code 134", Optional.empty());
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe crashed in C2: Failed with error code 134.",
                    judge(Runs.withSecond(Runs.goodSafe(), crashed), Runs.goodBroken()));
        }

        @Test
        void aHungFork() {
            ConfigurationResult hung = ended(ForkStatus.HUNG, "ended after 32 s", Optional.of(Path.of("dump.txt")));
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe hung in C2: ended after 32 s, thread dump in dump.txt.",
                    judge(Runs.withSecond(Runs.goodSafe(), hung), Runs.goodBroken()));
        }

        @Test
        void aForkWithAnError() {
            ConfigurationResult error = ended(ForkStatus.ERROR, "double free of frame 7", Optional.empty());
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe ended with an error in C2: double free of frame 7.",
                    judge(Runs.withSecond(Runs.goodSafe(), error), Runs.goodBroken()));
        }

        @Test
        void aForkWithoutStatistics() {
            ConfigurationResult first = Runs.goodSafe().results().getFirst();
            ConfigurationResult silent = new ConfigurationResult(
                    first.configuration(),
                    ForkStatus.COMPLETED,
                    first.outcomes(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe is unproven in C1: its fork printed no statistics, so nobody knows whether the"
                            + " race was on.",
                    judge(Runs.withSecond(Runs.goodSafe(), silent), Runs.goodBroken()));
        }

        @Test
        void aForkThatLeaksMachines() {
            ForkStatistics leaking = ForkStatistics.in(List.of("shootdown-statistics samples=9000 contended=5000"
                            + " freedInSample=6000 poolOutstanding=3"))
                    .orElseThrow();
            List<Finding> findings =
                    judge(Runs.seen(Runs.safe(), Map.of("PINNED", 5_000L), leaking), Runs.goodBroken());
            assertTrue(findings.toString().contains("did not give back 3 machines in C1"), findings::toString);
        }

        @Test
        void checksOfTheRacesOwnAreOutcomesThatItHas() {
            Runs.Claim claim =
                    new Runs.Claim(Runs.safe().race(), Optional.empty(), Set.of(), Set.of("PAGE_LEAKED"), false);
            PlannedTest checked = new PlannedTest(Runs.safe().listed(), Runs.SAFE, claim, Optional.of(Runs.BROKEN));
            Map<String, Long> outcomes = Map.of("PINNED", 5_000L, "PAGE_LEAKED", 1L);
            List<Finding> findings =
                    judge(List.of(checked, Runs.broken()), Runs.seen(checked, outcomes, Runs.GOOD), Runs.goodBroken());
            assertEquals(1, findings.size(), findings::toString);
            assertTrue(findings.toString().contains("showed the forbidden outcome PAGE_LEAKED"), findings::toString);
        }

        @Test
        void outcomesThatNoRaceHas() {
            Map<String, Long> outcomes = Map.of("PINNED", 5_000L, "HUNG", 1L);
            assertOnly(
                    ExitCode.BROKEN,
                    "Freeing_01_Safe recorded HUNG in 2 samples, which is no outcome of a race.",
                    judge(Runs.seen(Runs.safe(), outcomes, Runs.GOOD), Runs.goodBroken()));
        }
    }

    @Nested
    class ASafeRace {
        @Test
        void mustNotShowAForbiddenOutcome() {
            TestObservation good = Runs.goodSafe();
            ConfigurationResult bad = Runs.result(
                    good.test(), "C2", ForkStatus.COMPLETED, Map.of("PINNED", 999L, Runs.FAILURE, 1L), Runs.GOOD);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe (expected SAFE) showed the forbidden outcome READ_FREED_TABLE 1 time in 10,000"
                            + " samples (in C2).",
                    judge(Runs.withSecond(good, bad), Runs.goodBroken()));
        }

        @Test
        void mustHaveBeenContended() {
            Map<String, Long> outcomes = Map.of("PINNED", 5_000L);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe is vacuous: only 998 contended samples, at least 1,000 are needed before seeing no"
                            + " failure means anything.",
                    judge(Runs.seen(Runs.safe(), outcomes, Runs.statistics(499, 6_000)), Runs.goodBroken()));
        }

        @Test
        void mustHaveFreedInTheSample() {
            Map<String, Long> outcomes = Map.of("PINNED", 5_000L);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe is vacuous: only 20 freed-in-sample samples, at least 1,000 are needed before"
                            + " seeing no failure means anything.",
                    judge(Runs.seen(Runs.safe(), outcomes, Runs.statistics(5_000, 10)), Runs.goodBroken()));
        }

        @Test
        void mustNameATwin() {
            PlannedTest lonely = Runs.safe("Freeing_03_Lonely", Optional.empty());
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_03_Lonely is expected SAFE but names no broken twin, so nothing shows that it could fail.",
                    judge(List.of(lonely), Runs.seen(lonely, Map.of("PINNED", 5_000L), Runs.GOOD)));
        }

        @Test
        void mustHaveATwinThatFailed() {
            TestObservation quiet = Runs.seen(Runs.broken(), Map.of("PINNED", 9_000L), Runs.GOOD);
            assertHas(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe has no teeth: its broken twin Freeing_02_Broken was not seen to fail in this run.",
                    judge(Runs.goodSafe(), quiet));
        }

        @Test
        void hasNoTeethWhereItsTwinCannotFail() {
            PlannedTest twin = Runs.unsafe(Runs.BROKEN, FailsFrom.WEAK);
            List<Finding> findings = judge(
                    List.of(Runs.safe(), twin), Runs.goodSafe(), Runs.seen(twin, Map.of("PINNED", 9_000L), Runs.GOOD));
            assertHas(
                    ExitCode.AS_EXPECTED,
                    "Freeing_01_Safe has no teeth on this host: a TSO machine cannot show how its twin"
                            + " Freeing_02_Broken fails.",
                    findings);
            assertEquals(ExitCode.AS_EXPECTED, Gate.exitCode(findings));
        }

        @Test
        void mustTakeInterruptsBothWaysWhereItSaysSo() {
            PlannedTest test = Runs.interrupted(Runs.safe());
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_01_Safe must take interrupts both ways, but the target took 0 itself and 0 were taken in"
                            + " its place.",
                    judge(
                            List.of(test, Runs.broken()),
                            Runs.seen(test, Map.of("PINNED", 9_000L), Runs.GOOD),
                            Runs.goodBroken()));
        }
    }

    @Nested
    class AnUnsafeRace {
        @Test
        void mustShowItsFailure() {
            TestObservation quiet = Runs.seen(Runs.broken(), Map.of("PINNED", 9_000L), Runs.GOOD);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_02_Broken must fail on this TSO host, but none of [READ_FREED_TABLE] was seen in 18,000"
                            + " samples.",
                    judge(List.of(Runs.broken()), quiet));
        }

        @Test
        void mustShowItOftenEnough() {
            TestObservation rare = Runs.seen(Runs.broken(), Map.of("PINNED", 9_000L, Runs.FAILURE, 49L), Runs.GOOD);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Freeing_02_Broken must fail on this TSO host, but [READ_FREED_TABLE] was seen only 98 times, fewer"
                            + " than the 100 required.",
                    judge(List.of(Runs.broken()), rare));
        }

        @Test
        void needNotShowWhatThisHostCannotShow() {
            PlannedTest weak = Runs.unsafe("Publish_01_Weak", FailsFrom.WEAK);
            List<Finding> findings = judge(List.of(weak), Runs.seen(weak, Map.of("PINNED", 9_000L), Runs.GOOD));
            assertOnly(
                    ExitCode.AS_EXPECTED,
                    "Publish_01_Weak fails only from WEAK on, which this TSO host cannot show; nothing was required of"
                            + " it.",
                    findings);
        }

        @Test
        void mustNotShowWhatThisHostCannotShow() {
            PlannedTest weak = Runs.unsafe("Publish_01_Weak", FailsFrom.WEAK);
            assertOnly(
                    ExitCode.NOT_AS_EXPECTED,
                    "Publish_01_Weak failed 4 times on a TSO host, although it is expected to fail only from WEAK on.",
                    judge(List.of(weak), Runs.seen(weak, Map.of("PINNED", 9_000L, Runs.FAILURE, 2L), Runs.GOOD)));
        }
    }
}
