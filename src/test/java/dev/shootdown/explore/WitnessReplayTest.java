package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.ThirdActor;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.Recheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From what an exploration finds to a file, and from the file to the same execution. */
@Timeout(120)
class WitnessReplayTest {
    @TempDir
    Path directory;

    static Stream<Arguments> brokenRaces() {
        Race gup = Race.of(Walkers.FAST_GUP);
        Race populate = gup.against(Mutators.POPULATE);
        return Stream.of(
                Arguments.of(FOUNDING, MemoryModel.SC),
                Arguments.of(FOUNDING, MemoryModel.TSO),
                Arguments.of(FOUNDING.freeing(Freeings.FREE_BEFORE_FLUSH), MemoryModel.TSO),
                Arguments.of(
                        FOUNDING.where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_TABLE)), MemoryModel.SC),
                Arguments.of(FOUNDING.where(each -> each.withThirdActor(ThirdActor.RCU_CALLBACK_HART)), MemoryModel.SC),
                Arguments.of(gup.where(each -> each.withMask(WalkerMask.ABSENT)), MemoryModel.SC),
                Arguments.of(Race.of(Walkers.RCU_WALK).freeing(Freeings.TABLE_ONE_SYNC_IPI), MemoryModel.SC),
                Arguments.of(
                        FOUNDING.against(Mutators.COLLAPSE)
                                .where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA)
                                        .withRecheck(Recheck.PTE_ONLY)),
                        MemoryModel.SC),
                Arguments.of(
                        populate.where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO)), MemoryModel.SC),
                Arguments.of(
                        populate.where(each -> each.withPublishOrder(PublishOrder.ZERO_THEN_PLAIN)), MemoryModel.WEAK));
    }

    @ParameterizedTest
    @MethodSource("brokenRaces")
    void isTheSameExecutionAgain(Race race, MemoryModel model) {
        Recording found = Recordings.witness(race, model);
        Path file = directory.resolve("witness.json");
        WitnessFile.write(file, Witness.of(race, found));
        Witness read = WitnessFile.read(file);
        assertEquals(Witness.of(race, found), read);
        assertEquals(found.steps(), read.replay().steps());
    }

    @ParameterizedTest
    @MethodSource("brokenRaces")
    void isToldAndPairedWithItsRepair(Race race, MemoryModel model) {
        Recording found = Recordings.witness(race, model);
        String text = TimelineText.of(Timeline.of(race, found));
        assertTrue(text.contains("✗"), text);
        MinimalPair pair = MinimalPair.of(race, found).orElseThrow();
        assertFalse(pair.sentence().isEmpty());
        assertTrue(pair.text().contains(text), pair::text);
    }

    @Test
    void whatOnlyTheOutcomeGivesAwayIsMarkedWhereItIsLoaded() {
        Race early = Race.of(Walkers.FAST_GUP)
                .against(Mutators.POPULATE)
                .where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO));
        assertEquals(
                "uninitialised",
                Witness.of(early, Recordings.witness(early, MemoryModel.SC))
                        .violation()
                        .value());
        Race unchecked = FOUNDING.against(Mutators.MUNMAP_PARTIAL)
                .where(each ->
                        each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA).withRecheck(Recheck.PMD_ONLY));
        assertEquals(
                "foreign DATA",
                Witness.of(unchecked, Recordings.witness(unchecked, MemoryModel.SC))
                        .violation()
                        .value());
    }

    @Test
    void aDoctoredWitnessDiverges() {
        Witness witness = Witness.of(FOUNDING, Recordings.overtaken(FOUNDING));
        List<String> steps = new ArrayList<>(witness.steps());
        steps.set(4, "h0 LOAD 0x0 = 0x7");
        Witness doctored = new Witness(witness.race(), witness.model(), witness.schedule(), witness.violation(), steps);
        String message = assertThrows(ReplayDiverged.class, doctored::replay).getMessage();
        assertTrue(message.contains("differs in step 5: expected h0 LOAD 0x0 = 0x7, found h0 LOAD"), message);
    }
}
