package dev.shootdown.junit;

import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.TableFreeing;
import dev.shootdown.race.Explored;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.util.List;
import java.util.stream.Stream;

/** Test classes that {@link RaceTestExtensionTest} runs, each for one thing. */
final class Fixtures {
    private Fixtures() {}

    private record Own(String name, TableFreeing strategy) implements FreeingKind {}

    static class Right {
        static final Race SAFE = Race.of(Walkers.FAST_GUP);

        static Stream<Race> twins() {
            return Stream.of(SAFE.shootdown(Shootdowns.SBI_RFENCE));
        }

        @RaceTest(
                value = {"SAFE", "twins"},
                models = {MemoryModel.SC, MemoryModel.TSO})
        void holds(Explored explored, Race race) {
            assertEquals(race, explored.race());
            assertTrue(explored.executions() > 0);
        }
    }

    static class FromCatalogue {
        @RaceTest(
                ids = "fast-gup/munmap/sbi-rfence/remove-page/sv39",
                catalogue = "fast-gup/munmap/s{-mode-ipi,bi-rfence}/remove-table/sv39",
                models = MemoryModel.SC)
        void holds() {}
    }

    static class UnderBoth {
        @RaceTest(
                ids = "fast-gup/munmap/sbi-rfence/remove-page/sv39",
                engines = {RaceEngine.STRESS, RaceEngine.EXPLORE},
                models = MemoryModel.SC,
                stressMillis = 300)
        void holds(Race race) {}
    }

    static class Wrong {
        static final List<Race> RACES = List.of(
                Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).expecting(safe("hope", "nobody")));

        @RaceTest(value = "RACES", models = MemoryModel.SC)
        void explored() {}

        @RaceTest(value = "RACES", engines = RaceEngine.STRESS, stressMillis = 200)
        void stressed(Stressed result) {}
    }

    static class OwnWrong {
        static Race race() {
            return Race.of(Walkers.FAST_GUP)
                    .shootdown(Shootdowns.SBI_RFENCE)
                    .freeing(new Own("FREE_NOW", (gather, table) -> gather.freeNow(table)))
                    .expecting(safe("hope", "nobody"));
        }

        @RaceTest(value = "race", models = MemoryModel.SC)
        void explored() {}
    }

    static class Toothless {
        static final Race[] RACES = {Race.of(Walkers.FAST_GUP).expecting(unsafe("fear", "nobody"))};

        @RaceTest(value = "RACES", models = MemoryModel.TSO)
        void explored() {}
    }

    static class Undecided {
        @RaceTest(ids = "fast-gup/munmap/s-mode-ipi/remove-page/sv39", models = MemoryModel.SC, bound = 1)
        void explored() {}
    }

    static class BodyFails {
        @RaceTest(ids = "fast-gup/munmap/s-mode-ipi/remove-page/sv39", models = MemoryModel.SC)
        void explored(Explored result) {
            assertEquals(Verdict.UNSAFE, result.verdict());
        }
    }

    static class NamesNothing {
        @RaceTest
        void test() {}
    }

    static class NoSuchMember {
        static final Race SAFE = Race.of(Walkers.FAST_GUP);

        static Race[] broken() {
            return new Race[0];
        }

        final Race mine = SAFE;

        @RaceTest("mine")
        void test() {}
    }

    static class NotARace {
        static final List<String> IDS = List.of("fast-gup");

        @RaceTest("IDS")
        void test() {}
    }

    static class NullRace {
        static Race race() {
            return null;
        }

        @RaceTest("race")
        void test() {}
    }

    static class SourceThrows {
        static Race race() {
            return Race.of(Walkers.FAST_GUP).harts(9);
        }

        @RaceTest("race")
        void test() {}
    }

    static class NoSuchId {
        @RaceTest(ids = "fast-gup/munmap/sbi/remove-page/sv39")
        void test() {}
    }

    static class NoMatch {
        @RaceTest(catalogue = "slow-gup/**")
        void test() {}
    }

    static class BadGlob {
        @RaceTest(catalogue = "fast-gup/{munmap")
        void test() {}
    }

    static class NoEngine {
        @RaceTest(
                catalogue = "**",
                engines = {})
        void test() {}
    }

    static class NoModel {
        @RaceTest(
                catalogue = "**",
                models = {})
        void test() {}
    }

    static class NoBound {
        @RaceTest(catalogue = "**", bound = 0)
        void test() {}
    }

    static class NoTime {
        @RaceTest(catalogue = "**", engines = RaceEngine.STRESS, stressMillis = -1)
        void test() {}
    }

    static class WrongParameter {
        @RaceTest(catalogue = "**", engines = RaceEngine.STRESS)
        void test(Explored explored) {}
    }

    static class NothingExpected {
        static final Race RACE =
                Race.of(Walkers.FAST_GUP).freeing(new Own("FREE_NOW", (gather, table) -> gather.freeNow(table)));

        @RaceTest("RACE")
        void test() {}
    }
}
