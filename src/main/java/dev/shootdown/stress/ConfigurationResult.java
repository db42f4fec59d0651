package dev.shootdown.stress;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one fork brought back.
 *
 * @param configuration which fork it was
 * @param status how it ended
 * @param outcomes how often each outcome was seen
 * @param statistics what the fork counted about its samples, if it printed that
 * @param messages what it or its JVM had to say, most important first
 * @param threadDump the stacks of its threads, if it had to be ended
 */
public record ConfigurationResult(
        PlannedConfiguration configuration,
        ForkStatus status,
        SortedMap<String, Long> outcomes,
        Optional<ForkStatistics> statistics,
        List<String> messages,
        Optional<Path> threadDump) {

    /** Copies the collections. */
    public ConfigurationResult {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        messages = List.copyOf(messages);
    }

    /** {@return how many samples were taken} */
    public long samples() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return how often any of these outcomes was seen}
     *
     * @param names of outcomes
     */
    public long count(Collection<String> names) {
        return names.stream().mapToLong(name -> outcomes.getOrDefault(name, 0L)).sum();
    }

    /** {@return how often the race failed} */
    public long failures() {
        return count(configuration.test().failures());
    }

    /**
     * {@return how many failures there were in a second of measuring, zero where the fork did not say how long it
     * measured}
     */
    public double failuresPerSecond() {
        long nanos = statistics.map(ForkStatistics::activeNanos).orElse(0L);
        return nanos == 0 ? 0 : failures() * 1e9 / nanos;
    }

    /** {@return the most important message, if there is any} */
    public Optional<String> firstMessage() {
        return messages.stream().findFirst();
    }
}
