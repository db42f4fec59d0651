package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.TableShape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reduction against an enumeration that has none, on the races themselves: every step that is possible in every state. A build
 * enumerates the founding race and those that only publish; {@code mvn test -Dtest=NaiveAgreementTest
 * -Dshootdown.enumerate=all}, and {@code -Pthorough}, all races of two harts and compact tables, which takes minutes.
 */
@Timeout(600)
class NaiveAgreementTest {
    private static final Bounds BOUNDS = new Bounds(10_000_000, 10_000);

    static Stream<Arguments> smallRaces() {
        return underEveryModel(races().filter(NaiveAgreementTest::isSmall));
    }

    static Stream<Arguments> otherRaces() {
        return underEveryModel(races().filter(race -> !isSmall(race)));
    }

    private static Stream<Race> races() {
        return ExplorerTest.races()
                .filter(race -> race.actors() == 2 && race.conditions().shape() == TableShape.COMPACT);
    }

    private static boolean isSmall(Race race) {
        return race.mutator() == Mutators.POPULATE
                || race.equals(Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE));
    }

    private static Stream<Arguments> underEveryModel(Stream<Race> races) {
        return races.flatMap(race -> Arrays.stream(MemoryModel.values()).map(model -> Arguments.of(race, model)));
    }

    @ParameterizedTest
    @MethodSource("smallRaces")
    void everyStateOfASmallRace(Race race, MemoryModel model) {
        assertAgree(new RaceProgram(race), model);
    }

    @ParameterizedTest
    @MethodSource("otherRaces")
    @EnabledIfSystemProperty(named = "shootdown.enumerate", matches = "all")
    void everyStateOfEveryRaceOfTwoHarts(Race race, MemoryModel model) {
        assertAgree(new RaceProgram(race), model);
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

    private static void assertAgree(Program program, MemoryModel model) {
        Pass reduced = complete(new Pass(program, model, SourceSets::new, BOUNDS));
        Pass enumerated = complete(new Pass(program, model, Enumeration::ofStates, BOUNDS));
        assertEquals(enumerated.outcomes(), reduced.outcomes(), program::name);
    }

    private static Pass complete(Pass pass) {
        assertFalse(pass.run().boundHit);
        return pass;
    }
}
