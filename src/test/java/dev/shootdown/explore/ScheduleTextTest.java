package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTextTest {
    private static final int THIRD_CHOICE = 3 << 8;

    @Test
    void countsRunsOfHartsAndBuffers() {
        List<Integer> decisions = List.of(0, 0, 0, 1, 3, 3, THIRD_CHOICE, 0);
        assertEquals("h0*3 h1 b1*2 h0/3 h0", ScheduleText.encode(decisions, 2));
        assertEquals(decisions, ScheduleText.decode("h0*3 h1 b1*2 h0/3 h0", 2));
    }

    static Stream<List<Integer>> schedules() {
        return Stream.of(
                List.of(),
                List.of(5),
                List.of(0, 1, 0, 1),
                List.of(THIRD_CHOICE, THIRD_CHOICE, 1 | THIRD_CHOICE, 2, 2, 2));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void readsBackWhatItWrote(List<Integer> decisions) {
        assertEquals(decisions, ScheduleText.decode(ScheduleText.encode(decisions, 3), 3));
    }

    @ParameterizedTest
    @CsvSource({"x0", "h", "h0*", "h0*0", "h2", "b2*4", "h0 * 7", "h0*9999999", "h0//2", "h0*77777777777"})
    void saysWhatIsNoRun(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ScheduleText.decode(text, 2))
                .getMessage();
        assertTrue(message.startsWith("'"), message);
    }
}
