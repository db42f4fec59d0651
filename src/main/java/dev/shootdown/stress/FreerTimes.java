package dev.shootdown.stress;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * How long mutators took, from their first step until all that they free is free: the times of some samples, counted in
 * buckets of a quarter of an octave. A fork prints the buckets among its statistics, where they can be added up.
 */
public final class FreerTimes {
    private static final String KEY = "freerNanos.";
    private static final int QUARTERS = 4;

    private final long[] counts = new long[Long.SIZE * QUARTERS];

    FreerTimes() {}

    /**
     * {@return the times among a fork's counters, or among those of several; empty if none was taken}
     *
     * @param counters by key, as a fork prints them
     */
    public static Optional<FreerTimes> in(Map<String, Long> counters) {
        FreerTimes times = new FreerTimes();
        counters.forEach((key, count) -> {
            if (key.startsWith(KEY)) {
                times.counts[bucket(Long.parseLong(key.substring(KEY.length())))] += count;
            }
        });
        return times.samples() == 0 ? Optional.empty() : Optional.of(times);
    }

    void add(long nanos) {
        counts[bucket(nanos)]++;
    }

    void addAll(FreerTimes other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
    }

    /** Times too short to tell quarters apart share a bucket. */
    private static int bucket(long nanos) {
        long atLeast = Math.max(nanos, QUARTERS);
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(atLeast);
        long quarter = atLeast >>> (octave - 2);
        return octave * QUARTERS + (int) quarter - QUARTERS;
    }

    /** The longest time in a bucket. */
    private static long longest(int bucket) {
        int octave = bucket / QUARTERS;
        long end = QUARTERS + 1L + bucket % QUARTERS;
        return (end << (octave - 2)) - 1;
    }

    /**
     * {@return a time that this share of samples did not take longer than, in nanoseconds; up to a quarter too long}
     *
     * @param share 0 to 1; 0.5 is the median
     */
    public long quantile(double share) {
        double wanted = share * samples();
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (counts[bucket] > 0 && seen >= wanted) {
                return longest(bucket);
            }
        }
        throw new IllegalStateException("no sample was timed");
    }

    /** {@return how many samples were timed} */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    /** The buckets as statistics, each with a blank before it. */
    String statistics() {
        StringBuilder line = new StringBuilder();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                line.append(' ').append(KEY).append(longest(bucket)).append('=').append(counts[bucket]);
            }
        }
        return line.toString();
    }
}
