package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.ScriptedRun.Segment;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Repairs;
import dev.shootdown.race.ThirdActor;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.Recheck;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MinimalPairTest {
    private static MinimalPair pair(Race race, int walkerSteps) {
        return MinimalPair.of(race, Recordings.overtaken(race, walkerSteps)).orElseThrow();
    }

    static Stream<Arguments> waiting() {
        Race reader = Race.of(Walkers.RCU_WALK);
        return Stream.of(
                Arguments.of(FOUNDING, "synchronize_rcu", "interrupts off"),
                Arguments.of(FOUNDING.freeing(Freeings.STATIC_KEY_INVERTED), "synchronize_rcu", "interrupts off"),
                Arguments.of(
                        FOUNDING.freeing(Freeings.TABLE_ONE_UNSYNCHRONISED),
                        "smp_call_function_many",
                        "interrupts off"),
                Arguments.of(reader, "synchronize_rcu", "rcu_read_lock held"),
                Arguments.of(reader.freeing(Freeings.TABLE_ONE_SYNC_IPI), "synchronize_rcu", "rcu_read_lock held"));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void theFreerBlocksInTheRepairedRace(Race race, String where, String forWhat) {
        MinimalPair pair = pair(race, 5);
        Timeline.Waiting block = pair.block().orElseThrow();
        assertEquals(1, block.hart());
        assertEquals(0, block.forHart());
        assertEquals(where, block.kernel());
        assertTrue(
                pair.sentence()
                        .contains("hart 1 blocks in " + where + " after step " + block.from()
                                + " and waits for hart 0 (" + forWhat + ") until step " + block.to() + "."),
                pair::sentence);
    }

    @Test
    void theSentenceNamesTheRepair() {
        assertTrue(pair(FOUNDING, 5).sentence().startsWith("With freeing REMOVE_TABLE instead of REMOVE_PAGE, hart 1"));
    }

    @Test
    void theHartThatRunsCallbacksBlocksInTheFreersPlace() {
        Race race = FOUNDING.where(each -> each.withThirdActor(ThirdActor.RCU_CALLBACK_HART));
        Race repaired = Repairs.of(race).orElseThrow().race();
        Segment[] script = {Segment.of(0, 5), Segment.all(1), Segment.all(2)};
        MinimalPair pair = MinimalPair.of(race, ScriptedRun.of(race, script), ScriptedRun.of(repaired, script))
                .orElseThrow();
        assertEquals(2, pair.block().orElseThrow().hart());
    }

    @Test
    void whereNobodyWaitsTheDifferenceIsTold() {
        Race race = Race.of(Walkers.FAST_GUP)
                .against(Mutators.POPULATE)
                .where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO));
        MinimalPair pair =
                MinimalPair.of(race, Recordings.witness(race, MemoryModel.SC)).orElseThrow();
        assertEquals(Optional.empty(), pair.block());
        assertTrue(pair.difference().isPresent());
        assertTrue(
                pair.sentence().contains("instead of PUBLISH_THEN_ZERO, nobody has to wait; at step "), pair::sentence);
    }

    @Test
    void bothTimelinesAreInTheText() {
        MinimalPair pair = pair(FOUNDING, 5);
        String text = pair.text();
        assertTrue(text.startsWith(TimelineText.of(pair.broken())), text);
        assertTrue(text.contains(TimelineText.of(pair.repaired())), text);
        assertTrue(text.endsWith(pair.sentence() + "\n"), text);
    }

    @Test
    void aRaceWithoutAKnownRepairHasNoPair() {
        Race safe = Race.of(Walkers.FAST_GUP);
        assertEquals(Optional.empty(), MinimalPair.of(safe, Recordings.overtaken(safe), Recordings.overtaken(safe)));
    }

    @Test
    void theBrokenExecutionMustFailAndTheRepairedNot() {
        Race repaired = FOUNDING.freeing(Freeings.REMOVE_TABLE);
        Recording fails = Recordings.overtaken(FOUNDING);
        Recording holds = Recordings.overtaken(FOUNDING, 0);
        Recording mended = Recordings.overtaken(repaired);
        assertThrows(IllegalArgumentException.class, () -> MinimalPair.of(FOUNDING, holds, mended));
        assertThrows(IllegalArgumentException.class, () -> MinimalPair.of(FOUNDING, fails, fails));
        assertThrows(IllegalArgumentException.class, () -> MinimalPair.of(FOUNDING, mended, mended));
    }

    @Test
    void aRecheckMakesTheWalkerLoadOnceMore() {
        Race race = FOUNDING.against(Mutators.COLLAPSE)
                .where(each ->
                        each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA).withRecheck(Recheck.PTE_ONLY));
        MinimalPair pair = pair(race, 6);
        assertEquals(Optional.empty(), pair.block());
        assertTrue(pair.sentence().contains("\"pmd[1] of table 0x2000001 → none\""), pair::sentence);
    }
}
