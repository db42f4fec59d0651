package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.ReplayDiverged;
import dev.shootdown.explore.Schedule;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedWitnessesTest {
    @TempDir
    private Path results;

    private Exploration explored(Race race) {
        return new Explorer(Bounds.DEFAULT).explore(race, MemoryModel.SC);
    }

    @Test
    void theWitnessIsThereAtOnceAndItsTimelineOnceAllIsComplete() throws IOException {
        SavedWitnesses saved = new SavedWitnesses(new ResultPaths(results));
        Path witness = results.resolve(saved.fileOf(Reports.BROKEN, MemoryModel.SC, explored(Reports.BROKEN))
                .orElseThrow());
        Path timeline = SavedWitnesses.timelineOf(witness);
        assertAll(() -> assertTrue(Files.exists(witness)), () -> assertFalse(Files.exists(timeline)));
        assertEquals(1, saved.complete());
        String text = Files.readString(timeline);
        assertTrue(text.contains("READ_FREED_TABLE"), text);
        assertEquals(0, saved.complete(), "it is drawn once");
    }

    @Test
    void aScheduleThatCameToSomethingElseIsNotKept() {
        Exploration good = explored(Reports.BROKEN);
        Schedule found = good.witness().orElseThrow();
        Schedule changed = new Schedule(found.decisions(), found.preemptions(), found.violationStep(), "PINNED");
        Exploration doctored = new Exploration(
                good.program(),
                good.model(),
                good.verdict(),
                good.extent(),
                good.executions(),
                good.pruned(),
                good.steps(),
                good.millis(),
                good.outcomes(),
                Optional.of(changed),
                good.witnessLength());
        SavedWitnesses saved = new SavedWitnesses(new ResultPaths(results));
        assertThrows(ReplayDiverged.class, () -> saved.fileOf(Reports.BROKEN, MemoryModel.SC, doctored));
    }

    @Test
    void aRaceThatHoldsHasNone() {
        SavedWitnesses saved = new SavedWitnesses(new ResultPaths(results));
        assertEquals(Optional.empty(), saved.fileOf(Reports.SAFE, MemoryModel.SC, explored(Reports.SAFE)));
        assertEquals(0, saved.complete());
    }
}
