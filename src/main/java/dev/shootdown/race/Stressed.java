package dev.shootdown.race;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What stressing a race came to.
 *
 * @param race what was stressed
 * @param verdict UNSAFE if a sample failed; NOT_OBSERVED if none did although enough of them had the race in them; else
 *     INCONCLUSIVE
 * @param samples how often the race was run
 * @param outcomes how often each outcome came out: an {@link Outcome}, of several walkers the worst; or what an {@link
 *     OutcomeClassifier} named
 * @param failures samples that failed: with an outcome that no correct protocol leads to, or that a classifier forbids
 * @param contended samples in which a free was attempted while a walk that had seen the old entry was open: those that count
 * @param nearMisses samples in which a table was freed while a walk that had been in it was open
 * @param freedInSample samples in which the frame that the race is about was freed before they ended, or began its next life
 * @param unmet samples whose actors did not meet in time, and which say nothing unless they failed
 * @param interruptsSelf interrupts that a hart took itself
 * @param interruptsByProxy interrupts that their sender took in the target's place
 * @param freerTime how long the mutator took, from its first step until all that it frees is free: the median of one sample in
 *     64, up to a quarter too long; empty if none was timed
 * @param active the wall time of all samples together
 * @param counters everything that was counted, by the names that {@code verdicts.json} has for it
 * @param findings every reason why this is not what the race's expectation wants, a sentence each; empty if all is as
 *     expected
 */
public record Stressed(
        Race race,
        StressVerdict verdict,
        long samples,
        SortedMap<String, Long> outcomes,
        long failures,
        long contended,
        long nearMisses,
        long freedInSample,
        long unmet,
        long interruptsSelf,
        long interruptsByProxy,
        Optional<Duration> freerTime,
        Duration active,
        SortedMap<String, Long> counters,
        List<String> findings) {

    /** Copies the maps and the list. */
    public Stressed {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        findings = List.copyOf(findings);
    }

    /** {@return whether the race is expected to fail, on one host or another} */
    public boolean isExpectedToFail() {
        return race.expectation()
                .filter(each -> each.verdict() == Verdict.UNSAFE)
                .isPresent();
    }

    /** {@return how many samples had an outcome that a classifier of the race has graded interesting} */
    public long interesting() {
        return outcomes.entrySet().stream()
                .filter(each -> isInteresting(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private boolean isInteresting(String outcome) {
        return race.ownOutcomes().stream()
                .anyMatch(own -> own.grade() == Grade.INTERESTING && own.name().equals(outcome));
    }

    /** {@return how many samples failed in a second} */
    public double hitsPerSecond() {
        return failures * 1e9 / Math.max(active.toNanos(), 1);
    }

    /**
     * {@return the share of contended samples that fail, at most, with a confidence of 95%: three over their number, if
     * none of them failed} Empty if one did, or the verdict is INCONCLUSIVE.
     */
    public OptionalDouble upperBound95() {
        return verdict == StressVerdict.NOT_OBSERVED ? OptionalDouble.of(3.0 / contended) : OptionalDouble.empty();
    }

    /**
     * Passes if all is as expected: a safe race showed no failure although it had every opportunity, an unsafe one showed its
     * own, if the host's memory model allows that.
     *
     * @return this
     * @throws AssertionError if not: the findings, and what was counted
     */
    public Stressed assertAsExpected() {
        if (!findings.isEmpty()) {
            throw new AssertionError(String.join("\n", findings) + "\n" + this);
        }
        return this;
    }

    /** The race and its verdict, then what was counted. */
    @Override
    public String toString() {
        return race.id() + ": " + verdict + "\n  " + counts() + "\n  " + effort() + "\n  "
                + outcomes.entrySet().stream().map(this::counted).collect(Collectors.joining(", "));
    }

    private String counted(Map.Entry<String, Long> outcome) {
        String mark = isInteresting(outcome.getKey()) ? " (interesting)" : "";
        return String.format(Locale.ROOT, "%s %,d%s", outcome.getKey(), outcome.getValue(), mark);
    }

    private String effort() {
        return String.format(Locale.ROOT, "%,d interrupts taken, %,d by proxy", interruptsSelf, interruptsByProxy)
                + freerTime
                        .map(time -> String.format(Locale.ROOT, "; the freer takes %.1f µs", time.toNanos() / 1e3))
                        .orElse("");
    }

    private String counts() {
        return String.format(
                Locale.ROOT,
                "%,d samples in %.1f s, %,d failed (%,.0f a second), %,d contended, %,d near misses, %,d freed, %,d unmet",
                samples,
                active.toNanos() / 1e9,
                failures,
                hitsPerSecond(),
                contended,
                nearMisses,
                freedInSample,
                unmet);
    }
}
