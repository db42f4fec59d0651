package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.riscv.TableShape;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reduction against plain enumeration, on the races themselves. The smallest are enumerated in full; of the others, two
 * detours from running one hart after the other already lead to every outcome there is, and to none that the reduction misses.
 */
@Timeout(120)
class NaiveAgreementTest {
    private static final Bounds BOUNDS = new Bounds(200_000, 2_000);
    private static final int ALL = 1_000_000;

    static Stream<Arguments> smallRaces() {
        return ExplorerTest.races()
                .filter(race -> race.mutator() == Mutators.POPULATE)
                .flatMap(race -> Stream.of(MemoryModel.SC, MemoryModel.WEAK).map(model -> Arguments.of(race, model)));
    }

    @ParameterizedTest
    @MethodSource("smallRaces")
    void everyExecutionOfASmallRaceComesToAnOutcomeThatWasFound(Race race, MemoryModel model) {
        Pass reduced = reduced(race, model);
        assertEquals(reduced.outcomes(), enumerated(race, model, ALL, reduced), race::id);
    }

    @ParameterizedTest
    @EnumSource(names = {"SC", "WEAK"})
    void twoDetoursLeadToTheSameOutcomes(MemoryModel model) {
        races().forEach(race -> {
            Pass reduced = reduced(race, model);
            assertEquals(reduced.outcomes(), enumerated(race, model, 2, reduced), race::id);
        });
    }

    /** A buffered store is a detour of its own: two of them are too many to enumerate. */
    @ParameterizedTest
    @EnumSource(names = "TSO")
    void oneDetourLeadsToNoOutcomeThatWasMissed(MemoryModel model) {
        races().forEach(race -> {
            Pass reduced = reduced(race, model);
            assertTrue(reduced.outcomes().containsAll(enumerated(race, model, 1, reduced)), race::id);
        });
    }

    private static Stream<Race> races() {
        return ExplorerTest.races()
                .filter(race -> race.actors() == 2 && race.conditions().shape() == TableShape.COMPACT);
    }

    private static Pass reduced(Race race, MemoryModel model) {
        Pass pass = new Pass(new RaceProgram(race), model, SourceSets::new, BOUNDS);
        assertFalse(pass.run().boundHit, race::id);
        return pass;
    }

    private static Set<String> enumerated(Race race, MemoryModel model, int detours, Pass reduced) {
        Pass pass = new Pass(
                new RaceProgram(race),
                model,
                (events, memory) ->
                        new Enumeration(events, memory, detours, Enumeration.Points.SHARED, reduced.memory()),
                BOUNDS);
        assertFalse(pass.run().boundHit, race::id);
        return pass.outcomes();
    }
}
