package dev.shootdown.memory;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.ImageLayout.Region;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ImageLayoutTest {
    private final ImageLayout layout = new ImageLayout();
    private final Region first = layout.reserve("first", 3);
    private final Region aligned = layout.reserve("aligned", 20, 512);
    private final Region last = layout.reserve("last", 9);

    @Test
    void noTwoRegionsShareACacheLine() {
        Set<Long> taken = new HashSet<>();
        for (Region region : layout.regions()) {
            long firstLine = region.offset() / ImageLayout.CACHE_LINE;
            long lastLine = (region.end() - 1) / ImageLayout.CACHE_LINE;
            for (long line = firstLine; line <= lastLine; line++) {
                assertTrue(taken.add(line), region.name() + " shares line " + line);
            }
        }
    }

    @Test
    void aRegionStartsWhereItsBoundaryDemands() {
        assertAll(
                () -> assertEquals(0, first.offset()),
                () -> assertEquals(24, first.end()),
                () -> assertEquals(512, aligned.offset()),
                () -> assertEquals(672, aligned.end()),
                () -> assertEquals(704, last.offset()),
                () -> assertEquals(832, layout.bytes()),
                () -> assertEquals(512, layout.alignment()));
    }

    @Test
    void anImageIsAlignedToTwoCacheLinesAtLeast() {
        assertEquals(128, new ImageLayout().alignment());
    }

    @Test
    void aRegionContainsItsBytesAndNoOthers() {
        assertAll(
                () -> assertTrue(aligned.contains(512)),
                () -> assertTrue(aligned.contains(671)),
                () -> assertFalse(aligned.contains(672)),
                () -> assertFalse(aligned.contains(511)));
    }

    @Test
    void aWordIsNamedByItsRegionAndIndex() {
        for (Region region : layout.regions()) {
            for (int index = 0; index < region.words(); index++) {
                assertEquals(
                        region.name() + "[" + index + "]", layout.nameOf(region.offset() + (long) index * Long.BYTES));
            }
        }
        assertAll(
                () -> assertEquals("first[2]", layout.nameOf(23)),
                () -> assertEquals("0x18", layout.nameOf(24)),
                () -> assertEquals("0x2a0", layout.nameOf(672)),
                () -> assertEquals("0x10000", layout.nameOf(0x10000)));
    }

    @Test
    void aRegionIsFoundByName() {
        assertEquals(aligned, layout.region("aligned"));
        var thrown = assertThrows(IllegalArgumentException.class, () -> layout.region("frist"));
        assertEquals("no region frist; there are [first, aligned, last]", thrown.getMessage());
    }

    @Test
    void aNameIsTakenOnce() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> layout.reserve("first", 1));
        assertEquals("region first is there already", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aRegionNeedsAWord(int words) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> layout.reserve("odd", words));
        assertEquals("region odd needs at least one word, not " + words, thrown.getMessage());
    }

    @Test
    void theListOfRegionsCannotBeChanged() {
        assertThrows(UnsupportedOperationException.class, () -> layout.regions().clear());
    }

    @Test
    void thePrintoutHasALineARegionAndTheTotal() {
        String[] lines = layout.printout().split("\\R");
        assertAll(
                () -> assertEquals(5, lines.length),
                () -> assertTrue(lines[2].matches(" +512 +160 +aligned"), lines[2]),
                () -> assertEquals("832 bytes in all", lines[4].strip()));
    }
}
