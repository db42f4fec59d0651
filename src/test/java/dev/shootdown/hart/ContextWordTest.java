package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ContextWordTest {
    @Test
    void noTwoFieldsOverlap() {
        long[] fields = {
            ContextWord.INTERRUPTS_OFF,
            ContextWord.IN_HANDLER,
            ContextWord.HARDWARE_WALK,
            ContextWord.RCU_NESTING,
            ContextWord.REQUESTS,
            -ContextWord.ONE_ACKNOWLEDGEMENT
        };
        int bits = LongStream.of(fields).mapToInt(Long::bitCount).sum();
        assertEquals(bits, Long.bitCount(LongStream.of(fields).reduce(0, (all, field) -> all | field)));
        assertEquals(ContextWord.RCU_NESTING, ContextWord.MAX_RCU_NESTING * ContextWord.RCU_READER);
    }

    @Test
    void everyHartHasARequestBit() {
        assertEquals(1L << 16, ContextWord.requestOf(0));
        long all = LongStream.range(0, ContextWord.MAX_HARTS)
                .map(sender -> ContextWord.requestOf((int) sender))
                .sum();
        assertEquals(ContextWord.REQUESTS, all);
    }

    @Test
    void aReaderIsInterruptsOffOrAHandlerOrRcuAndNothingElse() {
        assertAll(
                () -> assertFalse(ContextWord.isQuiescent(ContextWord.INTERRUPTS_OFF)),
                () -> assertFalse(ContextWord.isQuiescent(ContextWord.IN_HANDLER)),
                () -> assertFalse(ContextWord.isQuiescent(ContextWord.RCU_READER)),
                () -> assertFalse(ContextWord.isQuiescent(ContextWord.MAX_RCU_NESTING * ContextWord.RCU_READER)),
                () -> assertTrue(ContextWord.isQuiescent(0)),
                () -> assertTrue(ContextWord.isQuiescent(ContextWord.HARDWARE_WALK | ContextWord.REQUESTS)),
                () -> assertTrue(ContextWord.isQuiescent(-ContextWord.ONE_ACKNOWLEDGEMENT)));
    }

    @Test
    void aTicketIsTheNextHandlerRunOrTheOneAfterARunningOne() {
        long served = 41 * ContextWord.ONE_ACKNOWLEDGEMENT;
        assertAll(
                () -> assertEquals(42, ContextWord.ticketAfterPostingOnto(served)),
                () -> assertEquals(42, ContextWord.ticketAfterPostingOnto(served | ContextWord.INTERRUPTS_OFF)),
                () -> assertEquals(43, ContextWord.ticketAfterPostingOnto(served | ContextWord.IN_HANDLER)),
                () -> assertFalse(ContextWord.isAcknowledged(served, 42)),
                () -> assertTrue(ContextWord.isAcknowledged(served + ContextWord.ONE_ACKNOWLEDGEMENT, 42)),
                () -> assertTrue(ContextWord.isAcknowledged(served, 41)));
    }

    @Test
    void acknowledgementsCountOnWhenTheyWrapAround() {
        long last = -ContextWord.ONE_ACKNOWLEDGEMENT;
        int ticket = ContextWord.ticketAfterPostingOnto(last);
        assertAll(
                () -> assertEquals(0, ticket),
                () -> assertFalse(ContextWord.isAcknowledged(last, ticket)),
                () -> assertTrue(ContextWord.isAcknowledged(last + ContextWord.ONE_ACKNOWLEDGEMENT, ticket)),
                () -> assertFalse(ContextWord.isAcknowledged(
                        Integer.MAX_VALUE * ContextWord.ONE_ACKNOWLEDGEMENT, Integer.MIN_VALUE)));
    }

    @Test
    void aContextIsDescribedInDomainTerms() {
        long context = 3 * ContextWord.ONE_ACKNOWLEDGEMENT
                | ContextWord.requestOf(1)
                | 2 * ContextWord.RCU_READER
                | ContextWord.HARDWARE_WALK
                | ContextWord.IN_HANDLER;
        assertEquals(
                "[interrupts on, in handler, hardware walk, rcu nesting 2, requests 0x2, 3 handler runs]",
                ContextWord.describe(context));
    }

    @Test
    void aContextCanBeTakenApart() {
        long context = -ContextWord.ONE_ACKNOWLEDGEMENT
                | ContextWord.requestOf(0)
                | ContextWord.requestOf(15)
                | 255 * ContextWord.RCU_READER;
        assertAll(
                () -> assertEquals(0x8001, ContextWord.requesters(context)),
                () -> assertEquals(255, ContextWord.rcuNesting(context)),
                () -> assertEquals(0xFFFF_FFFFL, ContextWord.handlerRuns(context)));
    }
}
