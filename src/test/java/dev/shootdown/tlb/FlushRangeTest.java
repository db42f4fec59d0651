package dev.shootdown.tlb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.FenceExtent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FlushRangeTest {
    private static final long PAGE = 0x1000;
    private static final long MEGAPAGE = 0x20_0000;

    private final FlushRange range = new FlushRange();

    @Test
    void aFreshRangeIsEmpty() {
        assertAll(
                () -> assertTrue(range.isEmpty()),
                () -> assertFalse(range.freedTables()),
                () -> assertEquals(FenceExtent.RANGE, range.extent()));
    }

    @Test
    void aRangeGrowsToHoldAllThatWasAdded() {
        range.widen(0x5000, PAGE, PAGE);
        range.widen(0x2000, PAGE, PAGE);
        range.widen(0x3000, PAGE, PAGE);
        assertAll(
                () -> assertFalse(range.isEmpty()),
                () -> assertEquals(0x2000, range.start()),
                () -> assertEquals(0x4000, range.size()),
                () -> assertEquals(PAGE, range.stride()),
                () -> assertFalse(range.freedTables()));
    }

    @Test
    void theSmallestStrideCounts() {
        range.widen(0, MEGAPAGE, MEGAPAGE);
        assertEquals(MEGAPAGE, range.stride());
        range.widen(MEGAPAGE, PAGE, PAGE);
        assertEquals(PAGE, range.stride());
        range.widen(0, MEGAPAGE, MEGAPAGE);
        assertEquals(PAGE, range.stride());
    }

    @Test
    void aRangeThatWasResetIsAsNew() {
        range.widenByTable(0x5000, PAGE, PAGE);
        range.reset();
        assertAll(() -> assertTrue(range.isEmpty()), () -> assertFalse(range.freedTables()));
        range.widen(0x9000, MEGAPAGE, MEGAPAGE);
        assertAll(
                () -> assertEquals(0x9000, range.start()),
                () -> assertEquals(MEGAPAGE, range.size()),
                () -> assertEquals(MEGAPAGE, range.stride()));
    }

    @ParameterizedTest
    @CsvSource({
        "0x1000, 0x1000, RANGE",
        "0x40000, 0x1000, RANGE",
        "0x40001, 0x1000, EVERYTHING",
        "0x41000, 0x1000, EVERYTHING",
        "0x8000000, 0x200000, RANGE",
        "0x8200000, 0x200000, EVERYTHING",
        "0x1000, 0x40, RANGE",
        "0x1040, 0x40, EVERYTHING"
    })
    void moreThanSixtyFourStridesFlushEverything(long span, long stride, FenceExtent extent) {
        range.widen(0x10_0000, span, stride);
        assertEquals(extent, range.extent());
    }

    @Test
    void twoPagesFarApartFlushEverything() {
        range.widen(0, PAGE, PAGE);
        range.widen(64 * PAGE, PAGE, PAGE);
        assertEquals(FenceExtent.EVERYTHING, range.extent());
    }

    @Test
    void aFreedTableFlushesEverythingHoweverSmallTheRange() {
        range.widen(0, PAGE, PAGE);
        range.widenByTable(0, PAGE, PAGE);
        range.widen(PAGE, PAGE, PAGE);
        assertAll(
                () -> assertTrue(range.freedTables()),
                () -> assertEquals(2 * PAGE, range.size()),
                () -> assertEquals(FenceExtent.EVERYTHING, range.extent()));
    }

    @Test
    void soDoesATableThatStaysInUseElsewhereAndResetForgetsIt() {
        range.widenByUnsharedTable(0, PAGE, PAGE);
        assertAll(
                () -> assertTrue(range.unsharedTables()),
                () -> assertFalse(range.freedTables()),
                () -> assertEquals(FenceExtent.EVERYTHING, range.extent()));
        range.reset();
        assertFalse(range.unsharedTables());
    }
}
