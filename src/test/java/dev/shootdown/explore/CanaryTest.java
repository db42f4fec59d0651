package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanaryTest {
    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);

    @ParameterizedTest
    @EnumSource(Canary.class)
    void failsWhereTheBooksSaySo(Canary canary) {
        for (MemoryModel model : MemoryModel.values()) {
            CanaryResult result = canary.explore(EXPLORER, model);
            assertTrue(result.isAsExpected(), result::toString);
        }
    }

    @Test
    void everyModelHasCanariesThatFailAndThatHold() {
        for (MemoryModel model : MemoryModel.values()) {
            for (Verdict verdict : new Verdict[] {Verdict.SAFE, Verdict.UNSAFE}) {
                assertTrue(
                        Arrays.stream(Canary.values()).anyMatch(canary -> canary.expected(model) == verdict),
                        () -> "no canary is " + verdict + " under " + model);
            }
        }
    }

    @Test
    void anExplorerThatGivesUpIsFoundOut() {
        CanaryResult missed = Canary.MESSAGE_PASSING_IN_ORDER.explore(new Explorer(new Bounds(1, 2)), MemoryModel.SC);
        assertEquals(ExploreVerdict.INCONCLUSIVE, missed.verdict());
        assertFalse(missed.isAsExpected());
    }
}
