package dev.shootdown.stress;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.StressVerdict;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a run saw of one test.
 *
 * @param test the test
 * @param planned how many forks it was to have
 * @param results what came back from them, which may be fewer
 * @param notRun why it could not run at all on this host, if so
 */
public record TestObservation(
        PlannedTest test, int planned, List<ConfigurationResult> results, Optional<String> notRun) {

    /** Copies the list. */
    public TestObservation {
        results = List.copyOf(results);
    }

    /** {@return how often each outcome was seen, over all forks} */
    public SortedMap<String, Long> outcomes() {
        SortedMap<String, Long> sum = new TreeMap<>();
        for (ConfigurationResult result : results) {
            result.outcomes().forEach((name, count) -> sum.merge(name, count, Long::sum));
        }
        return Collections.unmodifiableSortedMap(sum);
    }

    /** {@return how many samples all forks took} */
    public long samples() {
        return results.stream().mapToLong(ConfigurationResult::samples).sum();
    }

    /**
     * {@return how often any of these outcomes was seen, over all forks}
     *
     * @param names of outcomes
     */
    public long count(Collection<String> names) {
        return results.stream().mapToLong(result -> result.count(names)).sum();
    }

    /** {@return how often the race failed} */
    public long failures() {
        return count(test.failures());
    }

    /** {@return the forks' counters added up} */
    public ForkStatistics statistics() {
        return results.stream()
                .flatMap(result -> result.statistics().stream())
                .reduce(ForkStatistics.NONE, ForkStatistics::plus);
    }

    /** {@return how many forks ran to their end} */
    public int completed() {
        return (int) results.stream()
                .filter(result -> result.status() == ForkStatus.COMPLETED)
                .count();
    }

    /** {@return whether its actors had to share CPUs in any fork} */
    public boolean oversubscribed() {
        return results.stream()
                .anyMatch(result -> result.configuration().cpus() == PlannedConfiguration.CpuShare.OVERSUBSCRIBED);
    }

    /** {@return what was found} */
    public StressVerdict verdict() {
        if (failures() > 0) {
            return StressVerdict.UNSAFE;
        }
        boolean allRan = planned > 0 && completed() == planned && samples() > 0;
        return allRan ? StressVerdict.NOT_OBSERVED : StressVerdict.INCONCLUSIVE;
    }

    /** {@return how many failures there were in a second of measuring, zero where no fork said how long it measured} */
    public double failuresPerSecond() {
        long nanos = statistics().activeNanos();
        return nanos == 0 ? 0 : failures() * 1e9 / nanos;
    }

    /**
     * {@return the share of contended samples that fail, at most, with a confidence of 95%: three over their number, if
     * none of them failed} Empty if one did, or none was contended.
     */
    public OptionalDouble upperBound95() {
        long contended = statistics().contended();
        boolean bounded = verdict() == StressVerdict.NOT_OBSERVED && contended > 0;
        return bounded ? OptionalDouble.of(3.0 / contended) : OptionalDouble.empty();
    }

    /**
     * {@return failures over the larger of contended and failed samples: what a safe race's upper bound is to be compared
     * with} Empty if there are neither.
     */
    public OptionalDouble failureRate() {
        return FailureRate.of(failures(), statistics().contended());
    }

    /**
     * {@return what a host with this memory model has to show}
     *
     * @param host the memory model that the host's architecture promises
     */
    public StressExpectation expectedOn(MemoryModel host) {
        return test.expectedOn(host);
    }
}
