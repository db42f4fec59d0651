package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.ExplorerCanaries.Canary;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races known to be broken are found, each from its model on. */
@Timeout(60)
class ExplorerCanariesTest {
    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);

    @ParameterizedTest
    @EnumSource(names = {"SC", "TSO"})
    void theExplorerFindsWhatIsBroken(MemoryModel model) {
        assertEquals(List.of(), ExplorerCanaries.misjudged(EXPLORER, model));
    }

    @Test
    void theExplorerFindsWhatOnlyTheWeakModelBreaks() {
        assertEquals(List.of(), ExplorerCanaries.misjudged(EXPLORER, MemoryModel.WEAK));
    }

    @Test
    void thereIsACanaryForEveryModel() {
        assertEquals(
                List.of(FailsFrom.SC, FailsFrom.TSO, FailsFrom.WEAK),
                ExplorerCanaries.all().stream().map(Canary::failsFrom).toList());
    }

    /** An explorer that gives up at once finds nothing, and each canary says so. */
    @Test
    void anExplorerThatSeesTooLittleIsNamedItsCanaries() {
        List<String> misjudged = ExplorerCanaries.misjudged(new Explorer(new Bounds(1, 2_000)), MemoryModel.TSO);
        assertTrue(misjudged.contains("tracker/READ_BARRIER"), misjudged::toString);
        String founding =
                Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).id();
        assertTrue(misjudged.contains(founding), misjudged::toString);
    }

    @ParameterizedTest
    @EnumSource(names = {"SC", "TSO"})
    void theTrackerHoldsWithFullBarriers(MemoryModel model) {
        Tracker repaired = new Tracker(Tracker.Between.FULL_BARRIER);
        assertEquals(
                Verdict.SAFE,
                EXPLORER.explore(repaired, model, Reduction.SOURCE_SETS).verdict());
    }
}
