package dev.shootdown.stress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a fork counted about its own samples, and printed when it ended: one line of its standard output,
 *
 * <pre>shootdown-statistics key=value key=value …</pre>
 *
 * <p>Values that are numbers are counters, others are labels. Keys that this class has no method for are kept as well.
 *
 * @param counters the numbers, by key
 * @param labels whatever is not a number, by key
 */
public record ForkStatistics(SortedMap<String, Long> counters, SortedMap<String, String> labels) {
    /** The first word of the line. */
    public static final String PREFIX = "shootdown-statistics";

    /** No statistics at all: the start of a sum. */
    public static final ForkStatistics NONE = new ForkStatistics(new TreeMap<>(), new TreeMap<>());

    private static final String SKEW = "skew";

    /** Copies the maps. */
    public ForkStatistics {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /**
     * Finds the statistics in what a fork printed.
     *
     * @param output the lines that the fork printed
     * @return the statistics; empty if no line has them
     * @throws IllegalArgumentException if the line is there more than once, or cannot be read
     */
    public static Optional<ForkStatistics> in(List<String> output) {
        List<String> lines =
                output.stream().filter(line -> line.startsWith(PREFIX)).toList();
        if (lines.size() > 1) {
            throw new IllegalArgumentException("the fork printed its statistics " + lines.size() + " times");
        }
        return lines.stream().findFirst().map(ForkStatistics::parsed);
    }

    private static ForkStatistics parsed(String line) {
        SortedMap<String, Long> counters = new TreeMap<>();
        SortedMap<String, String> labels = new TreeMap<>();
        for (String word : words(line.substring(PREFIX.length()))) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + word + "' is not key=value, in: " + line);
            }
            put(word.substring(0, equals), word.substring(equals + 1), counters, labels);
        }
        return new ForkStatistics(counters, labels);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
        words.remove("");
        return words;
    }

    private static void put(
            String key, String value, SortedMap<String, Long> counters, SortedMap<String, String> labels) {
        try {
            counters.put(key, Long.parseLong(value));
        } catch (NumberFormatException e) {
            labels.put(key, value);
        }
    }

    /**
     * {@return the sum} What describes a skew belongs to one configuration and is left out.
     *
     * @param other of another fork of the same test
     */
    public ForkStatistics plus(ForkStatistics other) {
        SortedMap<String, Long> sum = new TreeMap<>(counters);
        other.counters.forEach((key, value) -> sum.merge(key, value, Long::sum));
        sum.keySet().removeIf(key -> key.startsWith(SKEW));
        return new ForkStatistics(sum, new TreeMap<>());
    }

    /**
     * {@return a counter by its key, zero where it was not printed}
     *
     * @param key as printed
     */
    public long counter(String key) {
        return counters.getOrDefault(key, 0L);
    }

    /** {@return in how many samples a free was attempted while a walk that saw the old entry was open} */
    public long contended() {
        return counter("contended");
    }

    /** {@return in how many samples the table was really freed, or began its next life, before the sample ended} */
    public long freedInSample() {
        return counter("freedInSample");
    }

    /**
     * {@return in how many samples the table was freed while a walk that saw the old entry was open, but was not read
     * again}
     */
    public long nearMisses() {
        return counter("nearMisses");
    }

    /** {@return in how many samples the actors did not meet in time} */
    public long unmet() {
        return counter("unmet");
    }

    /** {@return the wall time of measurement in nanoseconds, reset included} */
    public long activeNanos() {
        return counter("activeNanos");
    }

    /** {@return how many interrupts were taken by the hart they were sent to} */
    public long interruptsSelf() {
        return counter("interruptsSelf");
    }

    /** {@return for how many interrupts the sender ran the handler in the target's place} */
    public long interruptsByProxy() {
        return counter("interruptsByProxy");
    }

    /** {@return the lower end of the skew that was settled on} */
    public OptionalLong skewLow() {
        return optional("skewLow");
    }

    /** {@return the upper end of the skew that was settled on} */
    public OptionalLong skewHigh() {
        return optional("skewHigh");
    }

    /** {@return what the skew is counted in, however it was printed} */
    public Optional<String> skewUnit() {
        Optional<String> label = Optional.ofNullable(labels.get("skewUnit"));
        return label.or(() -> Optional.ofNullable(counters.get("skewUnit")).map(String::valueOf));
    }

    private OptionalLong optional(String key) {
        Long value = counters.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
