package dev.shootdown.explore;

import static dev.shootdown.explore.Litmus.X;
import static dev.shootdown.explore.Litmus.Y;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Conditions;
import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ExplorerTest {
    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);

    /** All but those whose time is better spent in the main run: several walkers, and most of the long hardware walks. */
    static Stream<Race> races() {
        return Catalogue.all().stream()
                .filter(race -> race.conditions().walkers() == 1)
                .filter(race -> race.walker() != Walkers.HARDWARE
                        || race.freeing() == Freeings.REMOVE_PAGE
                        || race.freeing() == Freeings.REMOVE_TABLE);
    }

    /** A sample: the main run explores them all. */
    static Stream<Arguments> racesAndModels() {
        List<Race> races = races().toList();
        return IntStream.range(0, races.size())
                .filter(index -> index % 17 == 0)
                .mapToObj(races::get)
                .flatMap(race -> Arrays.stream(MemoryModel.values()).map(model -> Arguments.of(race, model)));
    }

    @ParameterizedTest
    @MethodSource("racesAndModels")
    void agreesWithTheTruthTable(Race race, MemoryModel model) {
        assertAsExpected(race, model);
    }

    private static void assertAsExpected(Race race, MemoryModel model) {
        Exploration exploration = EXPLORER.explore(race, model);
        boolean fails = race.expectation().orElseThrow().failsFrom().failsUnder(model);
        assertEquals(fails ? Verdict.UNSAFE : Verdict.SAFE, exploration.verdict(), () -> exploration.toString());
    }

    @Test
    void findsTheFoundingRaceWithOnePreemption() {
        Exploration exploration = EXPLORER.explore(Race.of(FAST_GUP).shootdown(SBI_RFENCE), MemoryModel.SC);
        Schedule witness = exploration.witness().orElseThrow();
        assertEquals(1, witness.preemptions());
        assertEquals("READ_FREED_TABLE", witness.outcome());
    }

    @Test
    void exploresTheSameTwice() {
        Race race = Race.of(FAST_GUP).shootdown(SBI_RFENCE);
        Exploration first = EXPLORER.explore(race, MemoryModel.SC);
        Exploration second = EXPLORER.explore(race, MemoryModel.SC);
        assertEquals(first.executions(), second.executions());
        assertEquals(first.witness(), second.witness());
    }

    @Test
    void saysWhenItGaveUp() {
        Exploration cut = new Explorer(new Bounds(3, 2_000)).explore(Race.of(FAST_GUP), MemoryModel.SC);
        assertEquals(Verdict.INCONCLUSIVE, cut.verdict());
        assertEquals(3, cut.executions() + cut.pruned());
    }

    @Test
    void findsHartsThatWaitForEachOther() {
        Litmus embrace = Litmus.of(
                "embrace",
                0,
                (words, r) -> {
                    words.await(Y, Conditions.ANY_SET, 1);
                    words.setOpaque(X, 1);
                },
                (words, r) -> {
                    words.await(X, Conditions.ANY_SET, 1);
                    words.setOpaque(Y, 1);
                });
        DeadlockFound found = assertThrows(
                DeadlockFound.class, () -> EXPLORER.explore(embrace, MemoryModel.SC, Reduction.SOURCE_SETS));
        assertTrue(found.getMessage().contains("embrace"), found::getMessage);
        assertTrue(found.getMessage().contains("hart 0 waits for y[0] to be ANY_SET 0x1"), found::getMessage);
        assertTrue(found.getMessage().contains("hart 1 waits for x[0] to be ANY_SET 0x1"), found::getMessage);
    }

    @Test
    void reportsAnActorThatThrows() {
        Litmus thrower = Litmus.of("thrower", 0, (words, r) -> {
            words.getOpaque(X);
            throw new ArithmeticException("boom");
        });
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class, () -> EXPLORER.explore(thrower, MemoryModel.SC, Reduction.SOURCE_SETS));
        assertTrue(thrown.getMessage().contains("thrower"), thrown::getMessage);
        assertEquals("boom", thrown.getCause().getMessage());
    }

    /** A wait that one write allows and the next forbids: the interleaving in between must not be lost. */
    @Test
    void findsTheMomentBetweenAnEnablingAndADisablingWrite() {
        Litmus window = Litmus.of(
                "window",
                1,
                (words, r) -> {
                    words.setOpaque(X, 1);
                    words.setOpaque(Y, 1);
                    words.setOpaque(X, 0);
                    words.setOpaque(Y, 2);
                    words.setOpaque(X, 1);
                },
                (words, r) -> {
                    words.await(X, Conditions.ANY_SET, 1);
                    r[0] = words.getOpaque(Y);
                });
        for (MemoryModel model : MemoryModel.values()) {
            Exploration reduced = EXPLORER.explore(window, model, Reduction.SOURCE_SETS);
            assertEquals(EXPLORER.explore(window, model, Reduction.NONE).outcomes(), reduced.outcomes());
            assertEquals(Set.of("0", "1", "2"), reduced.outcomes());
        }
    }

    /** A tree that is split among threads holds the same executions as one that is not. */
    @Test
    void findsTheSameOnSeveralThreads() {
        Race race = Race.of(FAST_GUP)
                .shootdown(SBI_RFENCE)
                .freeing(Freeings.REMOVE_TABLE)
                .harts(4);
        Exploration alone = new Explorer(Bounds.DEFAULT).explore(race, MemoryModel.SC);
        Exploration together = new Explorer(Bounds.DEFAULT, 2).explore(race, MemoryModel.SC);
        assertEquals(Verdict.SAFE, together.verdict());
        assertEquals(alone.executions(), together.executions());
        assertEquals(alone.outcomes(), together.outcomes());
    }

    /** What is written down again is the same to the last value, under every model. */
    @Test
    void replaysAWitnessToTheSameStep() {
        Race race = Race.of(FAST_GUP).shootdown(SBI_RFENCE);
        for (MemoryModel model : MemoryModel.values()) {
            Schedule witness = EXPLORER.explore(race, model).witness().orElseThrow();
            Recording first = Replayer.replay(new RaceProgram(race), model, witness);
            assertEquals(Recording.Ending.FAILED, first.ending());
            assertEquals(witness, first.schedule());
            Recording second = Replayer.replay(new RaceProgram(race), model, witness);
            assertTrue(first.steps().equals(second.steps()), "the same steps with the same values");
        }
    }

    @Test
    void showsWhereTheRepairedFreerWaits() {
        Race broken = Race.of(FAST_GUP).shootdown(SBI_RFENCE);
        Schedule witness = EXPLORER.explore(broken, MemoryModel.SC).witness().orElseThrow();
        Race repaired = broken.freeing(Freeings.REMOVE_TABLE);
        Recording followed = Replayer.follow(new RaceProgram(repaired), MemoryModel.SC, witness);
        assertEquals(Recording.Ending.HELD, followed.ending());
        assertTrue(followed.waits().stream().anyMatch(wait -> wait.hart() == 1), followed.waits()::toString);
    }
}
