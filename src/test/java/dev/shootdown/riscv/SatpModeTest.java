package dev.shootdown.riscv;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SatpModeTest {
    @ParameterizedTest
    @CsvSource({"SV39, 8, 3, 2", "SV48, 9, 4, 3", "SV57, 10, 5, 4"})
    void aModeHasItsFieldAndItsLevels(SatpMode mode, int field, int levels, int rootLevel) {
        assertAll(
                () -> assertEquals(field, mode.modeField()),
                () -> assertEquals(levels, mode.levels()),
                () -> assertEquals(rootLevel, mode.rootLevel()));
    }

    @Test
    void satpPutsTheModeAboveTheAsidAboveTheRoot() {
        assertAll(
                () -> assertEquals(0x8000_0000_0008_0000L, SatpMode.SV39.satp(0, 0x8_0000)),
                () -> assertEquals(0x9123_4000_0000_0001L, SatpMode.SV48.satp(0x1234, 1)),
                () -> assertEquals(0xAFFF_FFFF_FFFF_FFFFL, SatpMode.SV57.satp(0xFFFF, 0xFFF_FFFF_FFFFL)),
                () -> assertEquals(0x8FFF_F000_0000_0000L, SatpMode.SV39.satp(0xFFFF, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x1_0000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anAsidHasSixteenBits(int asid) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> SatpMode.SV39.satp(asid, 1));
        assertEquals("ASID " + asid + " is outside 0..65535", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1L, 0x1000_0000_0000L, Long.MIN_VALUE})
    void aRootPageNumberHasFortyFourBits(long rootPpn) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> SatpMode.SV48.satp(0, rootPpn));
        assertEquals("root PPN 0x" + Long.toHexString(rootPpn) + " needs more than 44 bits", thrown.getMessage());
    }
}
