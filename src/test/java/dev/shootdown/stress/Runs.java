package dev.shootdown.stress;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Invented runs for tests: two forks a test, which a test then spoils in one way. */
public final class Runs {
    public static final String SAFE = "Freeing_01_Safe";
    public static final String BROKEN = "Freeing_02_Broken";
    public static final String FAILURE = "READ_FREED_TABLE";
    public static final ForkStatistics GOOD = statistics(5_000, 6_000);

    private static final List<String> MODES = List.of("C1", "C2");

    private Runs() {}

    /** A claim made of values. */
    public record Claim(
            RaceDescription description,
            Optional<Class<?>> brokenTwin,
            Set<String> requiredOutcomes,
            Set<String> forbiddenOutcomes,
            boolean expectsInterrupts)
            implements StressedClaim {
        @Override
        public boolean freesFrames() {
            return true;
        }
    }

    public static String raceId(String name) {
        return "race/" + name;
    }

    public static RaceDescription race(String name, FailsFrom failsFrom) {
        Verdict expected = failsFrom == FailsFrom.NEVER ? Verdict.SAFE : Verdict.UNSAFE;
        return new RaceDescription(
                raceId(name),
                "FAST_GUP",
                "MUNMAP",
                "SBI_RFENCE",
                "REMOVE_PAGE",
                "SV39",
                Map.of("shape", "COMPACT"),
                expected,
                failsFrom,
                "why",
                "69be3fb111e7");
    }

    public static PlannedTest safe(String name, Optional<String> twin) {
        Claim claim = new Claim(race(name, FailsFrom.NEVER), Optional.empty(), Set.of(), Set.of(FAILURE), false);
        return new PlannedTest(new ListedTest("toy." + name, "toy." + name, 2), name, claim, twin);
    }

    public static PlannedTest unsafe(String name, FailsFrom failsFrom) {
        Claim claim = new Claim(race(name, failsFrom), Optional.empty(), Set.of(FAILURE), Set.of(), false);
        return new PlannedTest(new ListedTest("toy." + name, "toy." + name, 2), name, claim, Optional.empty());
    }

    public static PlannedTest interrupted(PlannedTest test) {
        Claim claim = new Claim(test.race(), Optional.empty(), Set.of(), Set.of(FAILURE), true);
        return new PlannedTest(test.listed(), test.shortName(), claim, test.twin());
    }

    public static PlannedTest safe() {
        return safe(SAFE, Optional.of(BROKEN));
    }

    public static PlannedTest broken() {
        return unsafe(BROKEN, FailsFrom.SC);
    }

    public static ForkStatistics statistics(long contended, long freedInSample) {
        return ForkStatistics.in(List.of("shootdown-statistics samples=9000 contended=" + contended + " freedInSample="
                        + freedInSample + " nearMisses=4 unmet=1 activeNanos=500000000 interruptsSelf=0"
                        + " interruptsByProxy=0 skewLow=3 skewHigh=40 skewUnit=multiply-adds beforeMarker=11"
                        + " afterMarker=12 forbidden.PTE=0"))
                .orElseThrow();
    }

    public static ConfigurationResult result(
            PlannedTest test, String mode, ForkStatus status, Map<String, Long> outcomes, ForkStatistics statistics) {
        CompileMode compileMode = new CompileMode(mode, List.of(), List.of());
        PlannedConfiguration configuration =
                new PlannedConfiguration(1, test, compileMode, "", PlannedConfiguration.CpuShare.OWN);
        return new ConfigurationResult(
                configuration, status, new TreeMap<>(outcomes), Optional.of(statistics), List.of(), Optional.empty());
    }

    public static TestObservation seen(PlannedTest test, Map<String, Long> outcomes, ForkStatistics statistics) {
        List<ConfigurationResult> results = MODES.stream()
                .map(mode -> result(test, mode, ForkStatus.COMPLETED, outcomes, statistics))
                .toList();
        return new TestObservation(test, MODES.size(), results, Optional.empty());
    }

    /** The second fork of an observation replaced by another. */
    public static TestObservation withSecond(TestObservation seen, ConfigurationResult second) {
        List<ConfigurationResult> results = List.of(seen.results().getFirst(), second);
        return new TestObservation(seen.test(), seen.planned(), results, seen.notRun());
    }

    public static TestObservation goodSafe() {
        return seen(safe(), Map.of("PINNED", 5_000L, "RETRY", 4_000L), GOOD);
    }

    public static TestObservation goodBroken() {
        return seen(broken(), Map.of("PINNED", 8_000L, FAILURE, 1_000L), GOOD);
    }
}
