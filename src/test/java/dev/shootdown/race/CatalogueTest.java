package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void namesEveryRaceOnce() {
        Set<String> ids = new HashSet<>();
        Catalogue.all().forEach(race -> assertTrue(ids.add(race.id()), race::id));
        assertTrue(ids.size() > 100, () -> "only " + ids.size() + " races");
    }

    @Test
    void knowsWhatMustComeOutOfEach() {
        Catalogue.all().forEach(race -> assertTrue(race.expectation().isPresent(), race::id));
    }

    /** Every walker, strategy and dispatcher, each with the mask as it must be and without the walker's hart. */
    @Test
    void leavesNoCellOut() {
        Set<List<Object>> cells = new HashSet<>();
        for (Race race : Catalogue.all()) {
            boolean plain =
                    Set.of("mask").containsAll(race.conditions().notable().keySet());
            TruthTable.Told told = TruthTable.Told.of(race.conditions().mask());
            if (race.mutator() == Mutators.MUNMAP && plain && told != TruthTable.Told.UNORDERED) {
                cells.add(List.of(race.walker(), race.freeing(), race.shootdown(), told));
            }
        }
        int walkers = Walkers.values().length;
        int strategies = Freeings.values().length;
        assertEquals(walkers * strategies * Shootdowns.values().length * 2, cells.size());
    }

    @Test
    void hasARaceOfEveryRow() {
        List<Race> all = Catalogue.all();
        for (TruthTable.Row row : TruthTable.all()) {
            assertTrue(all.stream().anyMatch(race -> isOf(row, race)), row::toString);
        }
    }

    private static boolean isOf(TruthTable.Row row, Race race) {
        return race.mutator() == Mutators.MUNMAP && row.covers(race);
    }

    @Test
    void holdsSafeAndUnsafeRacesOfEveryMutator() {
        for (Mutators mutator : Mutators.values()) {
            Set<Verdict> verdicts = new HashSet<>();
            Catalogue.all().stream()
                    .filter(race -> race.mutator() == mutator)
                    .forEach(race -> verdicts.add(race.describe().expected()));
            assertEquals(Set.of(Verdict.SAFE, Verdict.UNSAFE), verdicts, mutator::name);
        }
    }
}
