package dev.shootdown.riscv;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class TableLevelTest {
    @ParameterizedTest
    @CsvSource({"0, PTE", "1, PMD", "2, PUD", "3, P4D", "4, PGD"})
    void aLevelHasItsLinuxName(int level, TableLevel name) {
        assertAll(() -> assertEquals(name, TableLevel.of(level)), () -> assertEquals(level, name.level()));
    }

    @Test
    void thereIsNoSixthLevel() {
        assertThrows(IndexOutOfBoundsException.class, () -> TableLevel.of(5));
        assertThrows(IndexOutOfBoundsException.class, () -> TableLevel.of(-1));
    }

    @ParameterizedTest
    @MethodSource("freeable")
    void onlyTablesBelowTheRootCanBeFreed(SatpMode mode, Set<TableLevel> expected) {
        Set<TableLevel> freeable = EnumSet.noneOf(TableLevel.class);
        for (TableLevel level : TableLevel.values()) {
            if (level.isFreeableUnder(mode)) {
                freeable.add(level);
            }
        }
        assertEquals(expected, freeable);
    }

    static Stream<Arguments> freeable() {
        return Stream.of(
                Arguments.of(SatpMode.SV39, EnumSet.of(TableLevel.PTE, TableLevel.PMD)),
                Arguments.of(SatpMode.SV48, EnumSet.of(TableLevel.PTE, TableLevel.PMD, TableLevel.PUD)),
                Arguments.of(SatpMode.SV57, EnumSet.complementOf(EnumSet.of(TableLevel.PGD))));
    }

    @ParameterizedTest
    @CsvSource({"ARCHITECTURAL, 12, 9, 512, 4096", "COMPACT, 6, 3, 8, 64"})
    void aShapeHasTheSizesOfATable(TableShape shape, int pageShift, int indexBits, int entries, int bytes) {
        assertAll(
                () -> assertEquals(pageShift, shape.pageShift()),
                () -> assertEquals(indexBits, shape.indexBits()),
                () -> assertEquals(entries, shape.entries()),
                () -> assertEquals(bytes, shape.bytes()),
                () -> assertEquals(shape.bytes(), shape.entries() * Long.BYTES));
    }
}
