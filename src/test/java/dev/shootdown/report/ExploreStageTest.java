package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExploreStageTest {
    private final List<String> heard = new ArrayList<>();
    private final List<String> witnessed = new ArrayList<>();

    private final StageListener listener = new StageListener() {
        @Override
        public void modelStarts(MemoryModel model, int races) {
            heard.add(model + " starts");
        }

        @Override
        public void explored(ExploredRace race) {
            heard.add(race.model() + " " + race.verdict());
        }

        @Override
        public void modelEnds(ModelRun run) {
            heard.add(run.model() + " ends");
        }
    };

    private final WitnessFiles witnessFiles = new WitnessFiles() {
        @Override
        public Optional<Path> fileOf(Race race, MemoryModel model, Exploration exploration) {
            witnessed.add(race.id() + " " + model);
            return Optional.of(Path.of("witnesses", model + ".json"));
        }

        @Override
        public int complete() {
            heard.add("complete");
            return 1;
        }
    };

    private final ExploreStage stage =
            new ExploreStage(Reports.PLANNED, Reports.MODELS, Bounds.DEFAULT, witnessFiles, listener);

    @Test
    void whatIsDoneCanBeAskedForBeforeAllIs() {
        stage.modelStarts(MemoryModel.SC, 2);
        stage.explored(Reports.goodSafe(MemoryModel.SC));
        Explorations halfWay = stage.soFar();
        assertAll(
                () -> assertEquals(1, stage.done()),
                () -> assertEquals(4, stage.planned()),
                () -> assertEquals(List.of(MemoryModel.SC), halfWay.models()),
                () -> assertEquals(List.of(Reports.SAFE), halfWay.races()));

        stage.explored(Reports.goodBroken(MemoryModel.SC));
        List<ExploredRace> both = List.of(Reports.goodSafe(MemoryModel.SC), Reports.goodBroken(MemoryModel.SC));
        stage.modelEnds(new ModelRun(MemoryModel.SC, both, Duration.ofMillis(9)));
        stage.modelStarts(MemoryModel.TSO, 2);
        stage.explored(Reports.goodSafe(MemoryModel.TSO));
        assertEquals(3, stage.done());
        assertEquals(Reports.MODELS, stage.soFar().models());
    }

    @Test
    void aWitnessIsAskedForOnceAndOnlyWhereThereIsOne() {
        stage.modelStarts(MemoryModel.SC, 2);
        for (ExploredRace race : List.of(Reports.goodSafe(MemoryModel.SC), Reports.goodBroken(MemoryModel.SC))) {
            stage.writeDown(race);
            stage.explored(race);
        }
        Explorations seen = stage.soFar();
        assertAll(
                () -> assertEquals(List.of(Reports.BROKEN.id() + " SC"), witnessed),
                () -> assertEquals(Optional.empty(), seen.witnessOf(Reports.goodSafe(MemoryModel.SC))),
                () -> assertEquals(
                        Optional.of("witnesses/SC.json"), seen.witnessOf(Reports.goodBroken(MemoryModel.SC))));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 2", "2, 2, 1", "4, 3, 2", "16, 1, 16", "2, 700, 1", "2, 0, 2"})
    void fewRacesAreSplitOverTheProcessors(int processors, int races, int workersEach) {
        assertEquals(workersEach, ExploreStage.workersEach(processors, races));
    }

    @Test
    void aRunFliesTheCanariesAndExploresEverything() throws InterruptedException {
        Explorations all = stage.run();
        assertEquals(List.of(), ExplorationGate.judge(Reports.PLANNED, Reports.MODELS, all));
        assertEquals(
                List.of("SC starts", "SC ends", "complete", "TSO starts", "TSO ends", "complete"),
                heard.stream().filter(event -> !event.contains("SAFE")).toList());
    }
}
