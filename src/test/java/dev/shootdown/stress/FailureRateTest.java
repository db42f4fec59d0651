package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FailureRateTest {
    @Test
    void itIsAShareOfTheContendedSamplesAsLongAsTheseAreMore() {
        assertEquals(OptionalDouble.of(0.25), FailureRate.of(5, 20));
        assertEquals(OptionalDouble.of(0), FailureRate.of(0, 20));
    }

    @Test
    void failuresThatWereNotContendedDoNotMakeItExceedOne() {
        assertEquals(OptionalDouble.of(1), FailureRate.of(30, 20));
        assertEquals(OptionalDouble.of(1), FailureRate.of(30, 0));
    }

    @Test
    void ofNothingThereIsNone() {
        assertEquals(OptionalDouble.empty(), FailureRate.of(0, 0));
    }
}
