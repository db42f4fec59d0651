package dev.shootdown.stress;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What {@link Gate} says about a run, said about a single race: whatever must not be seen was not, and silence counts only
 * if the race was really on. Whether a broken twin failed is for the test to ask that has both.
 */
final class InProcessGate {
    /** As published verdicts need, but for failures: one is proof, and a test does not publish how often it happens. */
    private static final GateLimits LIMITS =
            new GateLimits(GateLimits.STANDARD.contended(), GateLimits.STANDARD.freedInSample(), 1);

    private final Race race;
    private final ForkStatistics seen;
    private final SortedMap<String, Long> outcomes;
    private final MemoryModel host;
    private final List<String> findings = new ArrayList<>();

    InProcessGate(Race race, ForkStatistics seen, SortedMap<String, Long> outcomes, MemoryModel host) {
        this.race = race;
        this.seen = seen;
        this.outcomes = outcomes;
        this.host = host;
    }

    /** The result of a run whose samples came out so. */
    static Stressed judge(StressRig rig, SortedMap<String, Long> outcomes) {
        MemoryModel host = HostEnvironment.current().hostModel();
        ForkStatistics seen = ForkStatistics.in(List.of(rig.statistics())).orElseThrow();
        return new InProcessGate(rig.race(), seen, outcomes, host).judge();
    }

    Stressed judge() {
        Optional<Expectation> expectation = race.expectation();
        if (expectation.isPresent()) {
            judgeBy(StressExpectation.of(expectation.get().failsFrom(), host), StressRace.of(race));
        } else {
            judgeSilence();
        }
        return new Stressed(
                race,
                verdict(),
                samples(),
                outcomes,
                failures(),
                seen.contended(),
                seen.nearMisses(),
                seen.freedInSample(),
                seen.unmet(),
                seen.interruptsSelf(),
                seen.interruptsByProxy(),
                FreerTimes.in(seen.counters()).map(times -> Duration.ofNanos(times.quantile(0.5))),
                Duration.ofNanos(seen.activeNanos()),
                seen.counters(),
                findings);
    }

    private long samples() {
        return seen.counter("samples");
    }

    private StressVerdict verdict() {
        if (failures() > 0) {
            return StressVerdict.UNSAFE;
        }
        return silenceCounts() ? StressVerdict.NOT_OBSERVED : StressVerdict.INCONCLUSIVE;
    }

    private long failures() {
        return outcomes.entrySet().stream()
                .filter(each -> isFailure(each.getKey()))
                .mapToLong(each -> each.getValue())
                .sum();
    }

    private boolean isFailure(String outcome) {
        return Arrays.stream(Outcome.values())
                        .anyMatch(each -> each.isForbidden() && each.name().equals(outcome))
                || race.ownOutcomes().stream()
                        .anyMatch(each -> each.isForbidden() && each.name().equals(outcome));
    }

    private void judgeBy(StressExpectation expected, StressedClaim claim) {
        Set<String> failures = failures(claim);
        long hits = count(failures);
        outcomes.forEach((outcome, times) -> {
            if (claim.forbiddenOutcomes().contains(outcome) && !failures.contains(outcome)) {
                find("showed the forbidden outcome " + outcome + " " + Numbers.counted(times, "time"));
            }
        });
        switch (expected) {
            case SAFE -> judgeSilence();
            case UNSAFE -> {
                if (hits < LIMITS.requiredHits()) {
                    find("must fail on this " + host + " host, but none of " + failures + " was seen in "
                            + Numbers.counted(samples(), "sample"));
                }
            }
            case NOT_OBSERVABLE -> {
                if (hits > 0) {
                    find("failed " + Numbers.counted(hits, "time") + " on a " + host
                            + " host, which should not be able to show it");
                }
            }
        }
    }

    /** A single race is not published with a rate: it has failed whichever of its possible failures was seen. */
    private Set<String> failures(StressedClaim claim) {
        Set<String> failures = new TreeSet<>(claim.requiredOutcomes());
        if (!failures.isEmpty()) {
            race.possibleFailures().forEach(failure -> failures.add(failure.name()));
        }
        return failures;
    }

    private long count(Set<String> names) {
        return names.stream().mapToLong(name -> outcomes.getOrDefault(name, 0L)).sum();
    }

    private void judgeSilence() {
        if (failures() == 0 && !silenceCounts()) {
            find("was hardly ever on: " + Numbers.counted(seen.contended(), "contended sample") + " of "
                    + Numbers.grouped(LIMITS.contended()) + " needed, and the table freed in "
                    + Numbers.grouped(seen.freedInSample()) + " of " + Numbers.grouped(LIMITS.freedInSample())
                    + "; stress it longer, or on a machine that does less else");
        }
    }

    private boolean silenceCounts() {
        boolean freed = !race.mutator().freesFrames() || seen.freedInSample() >= LIMITS.freedInSample();
        return freed && seen.contended() >= LIMITS.contended();
    }

    private void find(String predicate) {
        String expected = race.expectation()
                .map(each -> " (expected " + each.verdict() + ")")
                .orElse("");
        findings.add(race.id() + expected + " " + predicate + ".");
    }
}
