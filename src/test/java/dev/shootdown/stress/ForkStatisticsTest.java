package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForkStatisticsTest {
    private static final String LINE = "shootdown-statistics samples=10 contended=4  skewHigh=127 skewUnit=spins"
            + " interruptsSelf=1 interruptsByProxy=2 nearMisses=3 unmet=5 freedInSample=6 activeNanos=7 other.KEY=8";

    private static ForkStatistics parsed(String line) {
        return ForkStatistics.in(List.of("noise", line, "more noise")).orElseThrow();
    }

    @Test
    void readsEveryKeyOfTheLine() {
        ForkStatistics statistics = parsed(LINE);
        assertAll(
                () -> assertEquals(4, statistics.contended()),
                () -> assertEquals(6, statistics.freedInSample()),
                () -> assertEquals(3, statistics.nearMisses()),
                () -> assertEquals(5, statistics.unmet()),
                () -> assertEquals(7, statistics.activeNanos()),
                () -> assertEquals(1, statistics.interruptsSelf()),
                () -> assertEquals(2, statistics.interruptsByProxy()),
                () -> assertEquals(8, statistics.counter("other.KEY")),
                () -> assertEquals(OptionalLong.empty(), statistics.skewLow()),
                () -> assertEquals(OptionalLong.of(127), statistics.skewHigh()),
                () -> assertEquals(Optional.of("spins"), statistics.skewUnit()));
    }

    @Test
    void aKeyThatWasNotPrintedCountsZero() {
        assertEquals(0, parsed("shootdown-statistics samples=10").contended());
    }

    @Test
    void theUnitOfTheSkewMayBeANumber() {
        assertEquals(Optional.of("2"), parsed("shootdown-statistics skewUnit=2").skewUnit());
    }

    @Test
    void addsUpAllButTheSkew() {
        ForkStatistics sum = parsed(LINE).plus(parsed(LINE)).plus(ForkStatistics.NONE);
        assertAll(
                () -> assertEquals(20, sum.counter("samples")),
                () -> assertEquals(16, sum.counter("other.KEY")),
                () -> assertEquals(OptionalLong.empty(), sum.skewHigh()),
                () -> assertEquals(Map.of(), sum.labels()));
    }

    @Test
    void outputWithoutTheLineHasNoStatistics() {
        assertEquals(Optional.empty(), ForkStatistics.in(List.of("other output", "")));
    }

    @Test
    void aLineThatIsThereTwiceIsAnError() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> ForkStatistics.in(List.of(LINE, LINE)));
        assertEquals("the fork printed its statistics 2 times", thrown.getMessage());
    }

    @Test
    void aWordWithoutValueIsAnError() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> ForkStatistics.in(List.of("shootdown-statistics samples")));
        assertEquals("'samples' is not key=value, in: shootdown-statistics samples", thrown.getMessage());
    }
}
