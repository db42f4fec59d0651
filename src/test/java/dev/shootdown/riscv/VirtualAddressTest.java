package dev.shootdown.riscv;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class VirtualAddressTest {
    @ParameterizedTest
    @CsvSource({
        "SV39, ARCHITECTURAL, 39", "SV48, ARCHITECTURAL, 48", "SV57, ARCHITECTURAL, 57",
        "SV39, COMPACT, 15", "SV48, COMPACT, 18", "SV57, COMPACT, 21"
    })
    void anAddressHasTheBitsOfItsModeAndShape(SatpMode mode, TableShape shape, int bits) {
        assertEquals(bits, VirtualAddress.bits(mode, shape));
    }

    @Test
    void anArchitecturalAddressSplitsIntoNineBitIndices() {
        TableShape shape = TableShape.ARCHITECTURAL;
        assertAll(
                () -> assertIndices(0x0000_0000_4040_3456L, shape, 1, 2, 3),
                () -> assertIndices(0x0000_003F_FFFF_F000L, shape, 255, 511, 511),
                () -> assertIndices(0xFFFF_FFC0_0000_0000L, shape, 256, 0, 0),
                () -> assertIndices(0x0000_0200_4040_3456L, shape, 4, 1, 2, 3),
                () -> assertIndices(0xFFFF_8000_0020_1FFFL, shape, 256, 0, 1, 1),
                () -> assertIndices(0x0005_0200_4040_3456L, shape, 5, 4, 1, 2, 3),
                () -> assertIndices(0xFF00_0000_0000_0FFFL, shape, 256, 0, 0, 0, 0),
                () -> assertIndices(-1L, shape, 511, 511, 511, 511, 511));
    }

    @Test
    void aCompactAddressSplitsIntoThreeBitIndices() {
        TableShape shape = TableShape.COMPACT;
        assertAll(
                () -> assertIndices(0x14D5L, shape, 1, 2, 3),
                () -> assertIndices(0x3FFFL, shape, 3, 7, 7),
                () -> assertIndices(0xFFFF_FFFF_FFFF_C000L, shape, 4, 0, 0),
                () -> assertIndices(0xFFFF_FFFF_FFFE_14D5L, shape, 4, 1, 2, 3),
                () -> assertIndices(0xFFFF_FFFF_FFF6_14D5L, shape, 5, 4, 1, 2, 3),
                () -> assertIndices(0x3FL, shape, 0, 0, 0, 0, 0));
    }

    @Test
    void bitsAboveTheSignificantOnesMustEqualTheHighestOfThese() {
        TableShape shape = TableShape.ARCHITECTURAL;
        assertAll(
                () -> assertCanonicalUpTo(0x0000_003F_FFFF_FFFFL, SatpMode.SV39, shape),
                () -> assertCanonicalUpTo(0x0000_7FFF_FFFF_FFFFL, SatpMode.SV48, shape),
                () -> assertCanonicalUpTo(0x00FF_FFFF_FFFF_FFFFL, SatpMode.SV57, shape));
    }

    @Test
    void aCompactAddressIsCanonicalByItsOwnHighestBit() {
        TableShape shape = TableShape.COMPACT;
        assertAll(
                () -> assertCanonicalUpTo(0x3FFFL, SatpMode.SV39, shape),
                () -> assertCanonicalUpTo(0x1_FFFFL, SatpMode.SV48, shape),
                () -> assertCanonicalUpTo(0xF_FFFFL, SatpMode.SV57, shape));
    }

    @ParameterizedTest
    @EnumSource(SatpMode.class)
    void oneStrayHighBitMakesAnAddressNotCanonical(SatpMode mode) {
        for (int bit = VirtualAddress.bits(mode, TableShape.ARCHITECTURAL) - 1; bit < Long.SIZE; bit++) {
            assertFalse(VirtualAddress.isCanonical(1L << bit, mode, TableShape.ARCHITECTURAL), "bit " + bit);
            assertFalse(VirtualAddress.isCanonical(~(1L << bit), mode, TableShape.ARCHITECTURAL), "all but bit " + bit);
        }
    }

    @Test
    void anEntrySpansFourKibibytesToAThousandTebibytes() {
        TableShape shape = TableShape.ARCHITECTURAL;
        assertAll(
                () -> assertEquals(0x1000L, VirtualAddress.entrySpan(0, shape)),
                () -> assertEquals(0x20_0000L, VirtualAddress.entrySpan(1, shape)),
                () -> assertEquals(0x4000_0000L, VirtualAddress.entrySpan(2, shape)),
                () -> assertEquals(0x80_0000_0000L, VirtualAddress.entrySpan(3, shape)),
                () -> assertEquals(0x1_0000_0000_0000L, VirtualAddress.entrySpan(4, shape)),
                () -> assertEquals(0x200_0000_0000_0000L, VirtualAddress.tableSpan(4, shape)));
    }

    @Test
    void aCompactEntrySpansSixtyFourBytesToAQuarterMebibyte() {
        TableShape shape = TableShape.COMPACT;
        assertAll(
                () -> assertEquals(0x40L, VirtualAddress.entrySpan(0, shape)),
                () -> assertEquals(0x200L, VirtualAddress.entrySpan(1, shape)),
                () -> assertEquals(0x1000L, VirtualAddress.entrySpan(2, shape)),
                () -> assertEquals(0x8000L, VirtualAddress.entrySpan(3, shape)),
                () -> assertEquals(0x4_0000L, VirtualAddress.entrySpan(4, shape)));
    }

    @ParameterizedTest
    @EnumSource(TableShape.class)
    void aTableSpansAsMuchAsTheEntryThatPointsToIt(TableShape shape) {
        for (int level = 0; level < 4; level++) {
            assertEquals(VirtualAddress.entrySpan(level + 1, shape), VirtualAddress.tableSpan(level, shape));
            assertEquals(
                    VirtualAddress.entrySpan(level, shape) * shape.entries(), VirtualAddress.tableSpan(level, shape));
        }
    }

    private static void assertIndices(long virtualAddress, TableShape shape, int... fromRoot) {
        int root = fromRoot.length - 1;
        int[] indices = IntStream.rangeClosed(0, root)
                .map(depth -> VirtualAddress.index(virtualAddress, root - depth, shape))
                .toArray();
        assertArrayEquals(fromRoot, indices, () -> "0x" + Long.toHexString(virtualAddress));
    }

    private static void assertCanonicalUpTo(long highestPositive, SatpMode mode, TableShape shape) {
        long lowestNegative = -highestPositive - 1;
        assertAll(
                mode + " " + shape,
                () -> assertTrue(VirtualAddress.isCanonical(0, mode, shape)),
                () -> assertTrue(VirtualAddress.isCanonical(highestPositive, mode, shape)),
                () -> assertFalse(VirtualAddress.isCanonical(highestPositive + 1, mode, shape)),
                () -> assertFalse(VirtualAddress.isCanonical(lowestNegative - 1, mode, shape)),
                () -> assertTrue(VirtualAddress.isCanonical(lowestNegative, mode, shape)),
                () -> assertTrue(VirtualAddress.isCanonical(-1, mode, shape)));
    }
}
