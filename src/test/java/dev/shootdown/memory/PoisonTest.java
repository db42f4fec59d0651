package dev.shootdown.memory;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.shootdown.riscv.Pte;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PoisonTest {
    private static final long BITS_58_TO_54 = 0x07C0_0000_0000_0000L;
    private static final long ALL_PPN_BITS = 0xFFF_FFFF_FFFFL;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aPatternIsValidWithReservedBits(Poison poison) {
        long pattern = poison.pattern();
        assertAll(
                () -> assertEquals(Pte.V, pattern & Pte.V),
                () -> assertNotEquals(0, pattern & BITS_58_TO_54),
                () -> assertEquals(0, pattern & ~(BITS_58_TO_54 | Pte.V), "no other bit"),
                () -> assertEquals(Pte.Kind.RESERVED, Pte.decode(pattern)));
    }

    @ParameterizedTest
    @EnumSource(Poison.class)
    void aPatternIsRecognisedWhateverPageNumberItCarries(Poison poison) {
        assertAll(
                () -> assertEquals(poison, Poison.of(poison.pattern())),
                () -> assertEquals(poison, Poison.of(poison.pattern() | Pte.table(ALL_PPN_BITS))),
                () -> assertEquals(poison, Poison.of(poison.pattern() | Pte.leaf(0x8_0000L))));
    }

    @Test
    void allPatternsDiffer() {
        long distinct = Arrays.stream(Poison.values())
                .mapToLong(Poison::pattern)
                .distinct()
                .count();
        assertEquals(4, distinct);
    }

    @Test
    void noLegitimateEntryIsTakenForAPattern() {
        for (int flags = 0; flags < 1 << 10; flags++) {
            assertEquals(Poison.NONE, Poison.of(flags));
            for (int bit = 0; bit < 44; bit++) {
                assertLegitimate(flags, 1L << bit);
                assertLegitimate(flags, ALL_PPN_BITS >>> bit);
                assertLegitimate(flags, ALL_PPN_BITS << bit & ALL_PPN_BITS);
            }
        }
    }

    private static void assertLegitimate(long flags, long ppn) {
        assertEquals(Poison.NONE, Poison.of(Pte.table(ppn) | flags));
    }

    @Test
    void aReservedFieldThatIsNoPatternIsNone() {
        long others = 0;
        for (long field = 1; field < 32; field++) {
            others += Poison.of(field << 54 | Pte.V) == Poison.NONE ? 1 : 0;
        }
        assertEquals(31 - 3, others);
    }
}
