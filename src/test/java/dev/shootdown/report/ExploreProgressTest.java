package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import dev.shootdown.report.ExploreProgress.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExploreProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    private ExploreProgress progress(Screen screen) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ExploreProgress(out, screen, () -> now);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static ModelRun run(MemoryModel model) {
        ExploredRace safe = Reports.explored(Reports.SAFE, model, Reports.finished(Reports.SAFE, model, Verdict.SAFE));
        return new ModelRun(model, List.of(safe), Duration.ofMillis(500));
    }

    @Test
    void aModelIsALine() {
        ExploreProgress progress = progress(Screen.PLAIN);
        progress.modelStarts(MemoryModel.SC, 1);
        progress.explored(Reports.goodSafe(MemoryModel.SC));
        progress.modelEnds(run(MemoryModel.SC));
        assertEquals(
                "explored SC: 1 race, 1 as expected; 40 executions and 9 pruned in 0.5 s (searches 0.0 s of all workers together), 80 executions/s\n",
                printed());
    }

    @Test
    void drawingIsTimedByItself() {
        ExploreProgress progress = progress(Screen.PLAIN);
        progress.drawn(0, Duration.ZERO);
        progress.drawn(1_042, Duration.ofMillis(2_500));
        assertEquals("drew 1,042 timelines of failing executions in 2.5 s\n", printed());
    }

    @Test
    void aLongOneIsCountedNowAndThen() {
        ExploreProgress progress = progress(Screen.PLAIN);
        progress.modelStarts(MemoryModel.SC, 3);
        progress.explored(Reports.goodSafe(MemoryModel.SC));
        now = now.plusSeconds(10);
        progress.explored(Reports.goodBroken(MemoryModel.SC));
        progress.explored(Reports.goodBroken(MemoryModel.SC));
        assertEquals("exploring SC: 2 of 3 races, 80 executions\n", printed());
    }

    @Test
    void onATerminalTheCounterIsWrittenOver() {
        ExploreProgress progress = progress(Screen.TERMINAL);
        progress.modelStarts(MemoryModel.SC, 1);
        now = now.plusSeconds(1);
        progress.explored(Reports.goodSafe(MemoryModel.SC));
        progress.modelEnds(run(MemoryModel.SC));
        assertTrue(
                printed().startsWith("\rexploring SC: 1 of 1 race, 40 executions \rexplored SC: 1 race,"), printed());
    }

    @Test
    void aWeakVerdictComesWithItsCaveat() {
        progress(Screen.PLAIN).modelEnds(run(MemoryModel.WEAK));
        assertTrue(printed().contains("\nWEAK is the model of the access modes as written (RC11-like)"), printed());
    }

    @Test
    void aRefusedModelSaysWhy() {
        ExploredRace refused =
                Reports.explored(Reports.SAFE, MemoryModel.WEAK, Reports.refused("no exploration under WEAK"));
        progress(Screen.PLAIN).modelEnds(new ModelRun(MemoryModel.WEAK, List.of(refused), Duration.ZERO));
        assertEquals("explored WEAK: not run: no exploration under WEAK\n", printed());
    }
}
