package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.museum.Exhibit;
import dev.shootdown.museum.Museum;
import dev.shootdown.race.Catalogue;
import dev.shootdown.race.KnownRaces;
import dev.shootdown.race.Race;
import dev.shootdown.stress.PlanException;
import dev.shootdown.stress.PlannedTest;
import dev.shootdown.stress.StressPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    private static RunPlan plan(String... arguments) {
        return RunPlan.of(CommandLine.of(List.of(arguments)), RunPlanTest.class.getClassLoader());
    }

    private static Set<String> ids(RunPlan plan) {
        return plan.races().stream().map(Race::id).collect(Collectors.toSet());
    }

    private static List<String> tests(RunPlan plan) {
        return plan.stress().map(StressPlan::tests).orElse(List.of()).stream()
                .map(PlannedTest::shortName)
                .toList();
    }

    @Test
    void everythingIsAllKnownRacesAndEveryStressTest() {
        RunPlan everything = plan();
        assertEquals(KnownRaces.all().stream().map(Race::id).collect(Collectors.toSet()), ids(everything));
        assertTrue(tests(everything).size() > 40);
    }

    @Test
    void theRaceOfEveryStressTestIsKnown() {
        Set<String> stressed = new HashSet<>();
        plan().stress()
                .orElseThrow()
                .tests()
                .forEach(test -> stressed.add(test.race().id()));
        stressed.removeAll(KnownRaces.all().stream().map(Race::id).toList());
        assertEquals(Set.of(), stressed);
    }

    @Test
    void everyBrokenExhibitIsStressed() {
        Set<String> stressed = plan().stress().orElseThrow().tests().stream()
                .map(test -> test.race().id())
                .collect(Collectors.toSet());
        Museum.all().stream()
                .flatMap(scenario -> scenario.of(Exhibit.Form.BROKEN).stream())
                .forEach(each -> assertTrue(stressed.contains(each.race().id()), each::toString));
    }

    @Test
    void aThoroughRunNeedsNoTestIfItHasRacesOfItsOwn() {
        String selection = "hardware/collapse/sbi-rfence/";
        RunPlan cells = plan("--profile", "thorough", "--tests", selection);
        assertTrue(cells.stress().isEmpty());
        assertEquals(2, cells.cells().size());
        assertEquals(cells.cells(), cells.races());
        assertThrows(PlanException.class, () -> plan("--profile", "default", "--tests", selection));
        assertThrows(PlanException.class, () -> plan("--profile", "thorough", "--tests", "no-such-thing"));
    }

    @Test
    void aSelectionExploresTheRacesOfItsTestsAndTheirTwins() {
        RunPlan some = plan("--tests", "Freeing_03");
        assertEquals(List.of("Freeing_02_BrokenSbiRemovePage", "Freeing_03_SbiWithRcu"), tests(some));
        assertEquals(
                Set.of("fast-gup/munmap/sbi-rfence/remove-page/sv39", "fast-gup/munmap/sbi-rfence/remove-table/sv39"),
                ids(some));
    }

    @Test
    void exploringAloneSelectsByTestOrByRace() {
        assertEquals(
                Set.of("fast-gup/munmap/sbi-rfence/remove-page/sv39"),
                ids(plan("--engine", "explore", "--tests", "Freeing_02")));
        RunPlan byRace = plan("--engine", "explore", "--tests", "third=rcu-callback-hart");
        assertEquals(2, byRace.races().size());
        assertEquals(Optional.empty(), byRace.stress());
    }

    @Test
    void aThoroughRunStressesEveryRaceOfTwoActors() {
        assertEquals(List.of(), plan().cells());
        assertEquals(
                List.of(), plan("--profile", "thorough", "--engine", "explore").cells());
        RunPlan thorough = plan("--profile", "thorough");
        Set<String> cells = thorough.cells().stream().map(Race::id).collect(Collectors.toSet());
        Set<String> tested = thorough.stress().orElseThrow().tests().stream()
                .map(test -> test.race().id())
                .collect(Collectors.toSet());
        for (Race race : Catalogue.all()) {
            boolean either = cells.contains(race.id()) != tested.contains(race.id());
            assertTrue(either || race.actors() > 2, race::id);
        }
        assertEquals(
                thorough.cells().size(),
                plan("--profile", "thorough", "--engine", "stress").cells().size());
        assertEquals(
                List.of(),
                plan("--profile", "thorough", "--tests", "Freeing_02").cells());
    }

    @Test
    void stressingAloneExploresNothing() {
        RunPlan stress = plan("--engine", "stress", "--tests", "Freeing_02");
        assertEquals(List.of(), stress.races());
        assertEquals(List.of("Freeing_02_BrokenSbiRemovePage"), tests(stress));
    }
}
