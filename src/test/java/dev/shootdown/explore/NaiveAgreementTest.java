package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.TableShape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reduction against an enumeration that has none, on the races themselves: every step that is possible in every state
 * ({@link Enumeration#ofStates}: states that another execution led to are not gone on from again). A build enumerates the founding race
 * and those that only publish, and at its end, with the slow tests, a sample of the others; {@code mvn test -Dtest=NaiveAgreementTest
 * -Dshootdown.enumerate=all}, and {@code -Pthorough}, every race of two harts and compact tables, which takes
 * long. A race whose enumeration is too long under a model is left out there. What was compared is printed.
 */
@Timeout(600)
class NaiveAgreementTest {
    private static final Bounds BOUNDS = new Bounds(10_000_000, 10_000);
    /** Of an enumeration: some take more executions than anybody waits for. */
    private static final Bounds AFFORDABLE = new Bounds(100_000, 10_000);

    private static final int SAMPLED_ONE_IN = 300;

    private static List<Race> oneRaceIn(int oneIn) {
        List<Race> races = Catalogue.all().stream()
                .filter(race -> race.actors() == 2 && race.conditions().shape() == TableShape.COMPACT)
                .toList();
        return IntStream.range(0, races.size())
                .filter(index -> index % oneIn == 0)
                .mapToObj(races::get)
                .toList();
    }

    static Stream<Arguments> smallRaces() {
        return Stream.concat(
                        Catalogue.all().stream().filter(race -> race.mutator() == Mutators.POPULATE),
                        Stream.of(Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE)))
                .flatMap(race -> Arrays.stream(MemoryModel.values()).map(model -> Arguments.of(race, model)));
    }

    @ParameterizedTest
    @MethodSource("smallRaces")
    void everyStateOfASmallRace(Race race, MemoryModel model) {
        assertTrue(agrees(race, model, BOUNDS));
    }

    @Test
    @Tag("slow")
    void everyStateOfASample() {
        compare(oneRaceIn(SAMPLED_ONE_IN));
    }

    @Test
    @EnabledIfSystemProperty(named = "shootdown.enumerate", matches = "all")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void everyStateOfTheCatalogue() {
        compare(oneRaceIn(1));
    }

    private static void compare(List<Race> races) {
        for (MemoryModel model : MemoryModel.values()) {
            long compared = races.parallelStream()
                    .filter(race -> agrees(race, model, AFFORDABLE))
                    .count();
            System.out.println("enumerated under " + model + ": " + compared + " of " + races.size() + " races");
            assertTrue(compared >= Math.ceilDiv(races.size(), 10), () -> "hardly any race is small under " + model);
        }
    }

    /** That states are told apart: were they not, too little would be enumerated, and nothing would disagree. */
    @ParameterizedTest
    @EnumSource
    void anEnumerationThatKnowsStatesMissesNoOutcome(MemoryModel model) {
        for (Litmus program : LitmusTest.ofTwoHarts()) {
            Pass states = new Pass(program, model, Enumeration::ofStates, BOUNDS);
            Pass all = new Pass(program, model, Enumeration::ofAll, BOUNDS);
            states.run();
            all.run();
            assertEquals(all.outcomes(), states.outcomes(), program::name);
        }
    }

    /** Whether the race could be enumerated; if so, both must have come to the same. */
    private static boolean agrees(Race race, MemoryModel model, Bounds bounds) {
        Pass enumerated = new Pass(new RaceProgram(race), model, Enumeration::ofStates, bounds);
        if (enumerated.run().boundHit) {
            return false;
        }
        Pass reduced = new Pass(new RaceProgram(race), model, SourceSets::new, BOUNDS);
        assertFalse(reduced.run().boundHit);
        assertEquals(enumerated.outcomes(), reduced.outcomes(), () -> race.id() + " under " + model);
        return true;
    }
}
