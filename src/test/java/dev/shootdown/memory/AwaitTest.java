package dev.shootdown.memory;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.testing.Actor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class AwaitTest {
    private static final Duration BOUND = Duration.ofMillis(50);

    private final ImageLayout layout = new ImageLayout();
    private final long word = layout.reserve("doorbell", 3).offset();

    @ParameterizedTest
    @CsvSource({
        "CLEAR, 0x0, 0x7, true", "CLEAR, 0x8, 0x7, true", "CLEAR, 0xA, 0x7, false",
        "ANY_SET, 0x4, 0x6, true", "ANY_SET, 0x8, 0x7, false", "ANY_SET, 0x0, -0x1, false",
        "REACHED, 0x5, 0x5, true", "REACHED, 0x6, 0x5, true", "REACHED, 0x4, 0x5, false",
        "REACHED, -0x8000000000000000, 0x7fffffffffffffff, true"
    })
    void aConditionHoldsForTheValuesThatEndTheWait(Conditions condition, long value, long operand, boolean holds) {
        assertEquals(holds, condition.holds(value, operand));
    }

    @Test
    void aConditionThatHoldsEndsTheWaitAtOnce() {
        OffHeapWords impatient = new OffHeapWords(layout, Duration.ZERO);
        impatient.set(word, 12);
        assertEquals(12, impatient.await(word, Conditions.REACHED, 12));
    }

    @Test
    void aWaitEndsWithTheValueThatAnotherThreadStored() throws InterruptedException {
        OffHeapWords words = new OffHeapWords(layout);
        Actor<Long> waiter = Actor.compute("waiter", () -> words.await(word, Conditions.REACHED, 2));
        words.setRelease(word, 1);
        waiter.assertWaits();
        words.setRelease(word, 3);
        assertEquals(3, waiter.finish());
    }

    @Test
    void whatWasStoredBeforeTheWordIsSeenAfterTheWait() throws InterruptedException {
        OffHeapWords words = new OffHeapWords(layout);
        Actor<Long> waiter = Actor.compute("waiter", () -> {
            words.await(word, Conditions.ANY_SET, 1);
            return words.get(word + 8);
        });
        words.set(word + 8, 42);
        words.setRelease(word, 1);
        assertEquals(42, waiter.finish());
    }

    @Test
    void aWaitExpiresAndSaysWhatItWaitedForAndWhatThereWas() {
        OffHeapWords words = new OffHeapWords(layout, BOUND);
        words.set(word, 0xAB);
        words.set(word + 8, 5);

        long started = System.nanoTime();
        var expired = assertThrows(WaitExpired.class, () -> words.await(word + 8, Conditions.REACHED, 9));
        long waited = System.nanoTime() - started;

        String message = expired.getMessage();
        assertAll(
                message,
                () -> assertTrue(waited >= BOUND.toNanos(), waited + " ns"),
                () -> assertTrue(message.startsWith("waited 50 ms for doorbell[1] to be REACHED 0x9, it is 0x5;")),
                () -> assertTrue(message.contains("doorbell[0]")),
                () -> assertTrue(message.contains("0x00000000000000ab")),
                () -> assertFalse(message.contains("doorbell[2]")));
    }

    @Test
    void aCopyWaitsAsLongAsItsOriginal() {
        OffHeapWords copy = new OffHeapWords(layout, BOUND).copy();
        var expired = assertThrows(WaitExpired.class, () -> copy.await(word, Conditions.ANY_SET, 3));
        assertTrue(expired.getMessage().startsWith("waited 50 ms for doorbell[0] to be ANY_SET 0x3, it is 0x0"));
    }
}
