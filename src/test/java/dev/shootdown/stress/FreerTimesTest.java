package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FreerTimesTest {
    private static FreerTimes printedAndRead(FreerTimes times) {
        String line = ForkStatistics.PREFIX + " samples=1" + times.statistics();
        return FreerTimes.in(ForkStatistics.in(List.of(line)).orElseThrow().counters())
                .orElseThrow();
    }

    @Test
    void quantilesAreAtMostAQuarterTooLong() {
        FreerTimes times = new FreerTimes();
        LongStream.rangeClosed(1, 1_000).forEach(each -> times.add(each * 10));
        for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
            double exact = share * 10_000;
            long told = printedAndRead(times).quantile(share);
            assertTrue(exact <= told && told <= exact * 1.25 + 1, share + ": " + told);
        }
    }

    @Test
    void theShortestAndTheLongestTimesHaveBuckets() {
        FreerTimes times = new FreerTimes();
        times.add(1);
        times.add(Long.MAX_VALUE);
        assertEquals(2, printedAndRead(times).samples());
        assertEquals(4, times.quantile(0.5));
        assertEquals(Long.MAX_VALUE, times.quantile(1));
    }

    @Test
    void bucketsOfForksAddUp() {
        FreerTimes one = new FreerTimes();
        one.add(100);
        FreerTimes other = new FreerTimes();
        other.add(100);
        other.add(90_000);
        one.addAll(other);
        assertEquals(3, one.samples());
        assertEquals(one.quantile(0.5), other.quantile(0.5));
    }

    @Test
    void whereNothingWasTimedThereIsNothingToTell() {
        assertEquals(Optional.empty(), FreerTimes.in(Map.of("samples", 3L)));
    }
}
