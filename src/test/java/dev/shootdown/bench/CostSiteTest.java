package dev.shootdown.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.race.Freeings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CostSiteTest {
    /** Any other that stops has a mistake, and would be missing from the costs without a word. */
    @Test
    void onlyStrategiesThatKeepTablesOrWaitForTheEndCannotGoOn() {
        Set<Freeings> expected = EnumSet.range(Freeings.REUSE_IN_PLACE, Freeings.TYPE_STABLE);
        expected.add(Freeings.MM_EXIT);
        assertEquals(
                expected,
                Arrays.stream(Freeings.values())
                        .filter(freeing -> !CostSite.canGoOn(freeing))
                        .collect(Collectors.toSet()));
    }
}
