package dev.shootdown.race;

import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RaceIdTest {
    private static final String FOUNDING = "fast-gup/munmap/sbi-rfence/remove-page/sv39";

    static Stream<Race> races() {
        Race sv57 = Race.of(Walkers.FAST_GUP).satp(SatpMode.SV57);
        Stream<Race> conditions = Stream.of(
                sv57.victim(TableLevel.P4D).shape(TableShape.ARCHITECTURAL),
                sv57.where(each -> each.withRecheck(Recheck.PTE_ONLY).withFreedFrames(FreedFrames.RECYCLED_AS_TABLE)),
                sv57.against(Mutators.POPULATE).where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO)),
                sv57.where(each ->
                        each.withThirdActor(ThirdActor.RCU_CALLBACK_HART).withGatherLimit(GatherLimit.SMALL_BATCHES)),
                sv57.harts(5).where(each -> each.withMask(WalkerMask.SWITCHES_IN)));
        Stream<Race> combinations = Arrays.stream(Mutators.values()).flatMap(Combinations::of);
        Stream<Race> modes = Arrays.stream(SatpMode.values())
                .map(mode -> Race.of(Walkers.RCU_WALK).satp(mode).victim(TableLevel.PMD));
        return Stream.of(conditions, combinations, modes).flatMap(each -> each);
    }

    @Test
    void readsBackWhatAnIdSays() {
        List<Race> races = races().toList();
        assertTrue(races.size() > 500, () -> races.size() + " races");
        for (Race race : races) {
            assertEquals(race, Race.parse(race.id()), race.id());
        }
    }

    @Test
    void aConditionMayBeStatedThoughItIsTheUsualOne() {
        assertEquals(FOUNDING, Race.parse(FOUNDING + "/victim=pte/walkers=1").id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fast-gap/munmap/sbi-rfence/remove-page/sv39; part 1 (walker) is 'fast-gap', nearest is 'fast-gup'; rcu-walk",
                "fast-gup/munmp/sbi-rfence/remove-page/sv39; part 2 (mutator) is 'munmp', nearest is 'munmap'; collapse",
                "fast-gup/munmap/sbi/remove-page/sv39; part 3 (shootdown) is 'sbi', nearest is 'sbi-rfence'; local-only",
                "fast-gup/munmap/sbi-rfence/REMOVE_PAGE/sv39; part 4 (freeing) is 'REMOVE_PAGE', nearest is; static-key",
                "fast-gup/munmap/sbi-rfence/remove-page/sv38; part 5 (satp) is 'sv38', nearest is 'sv39'; sv39, sv48, sv57",
            })
    void anUnknownPartIsNamedWithTheNearestAndAllValid(String id, String message, String valid) {
        assertBad(id, "no race '" + id + "'", message, valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "victm=pmd; part 6 (condition) is 'victm', nearest is 'victim'; walkers",
                "victim=pdm; part 6 (victim) is 'pdm', nearest is; pte, pmd, pud, p4d, pgd",
                "walkers=5; part 6 (walkers) is '5', nearest is '1'; 1, 2, 3, 4",
                "walkers=two; part 6 (walkers) is 'two', nearest is; 1, 2, 3, 4",
                "victim; part 6 is 'victim', not a condition such as victim=pmd; gather",
                "=pmd; part 6 is '=pmd', not a condition; gather",
                "mask=absent/mask=absent; part 7 states the condition 'mask' again; mask",
                "victim=pud; no PUD table can be freed under SV39; no race",
            })
    void aBadConditionIsNamed(String conditions, String message, String valid) {
        assertBad(FOUNDING + "/" + conditions, "no race", message, valid);
    }

    @Test
    void anEmptyConditionIsBad() {
        assertBad(FOUNDING + "/", "part 6 is ''");
    }

    @ParameterizedTest
    @MethodSource("shortIds")
    void tooFewPartsAreCounted(String id, String count) {
        assertBad(id, "it has " + count + " of the 5 parts walker/mutator/shootdown/freeing/satp");
    }

    static Stream<Arguments> shortIds() {
        return Stream.of(Arguments.of("", "1"), Arguments.of("fast-gup/munmap", "2"));
    }

    @Test
    void theNearestNameTakesTheFewestChanges() {
        assertEquals(0, NearestName.distance("pmd", "pmd"));
        assertEquals(3, NearestName.distance("", "pmd"));
        assertEquals(2, NearestName.distance("pdm", "pmd"));
        assertEquals("sbi-rfence", NearestName.of("sbi_rfence", List.of("s-mode-ipi", "sbi-rfence")));
        assertEquals("s-mode-ipi", NearestName.of("ipi", List.of(S_MODE_IPI.kebabName(), "sbi-rfence")));
    }

    private static void assertBad(String id, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, () -> Race.parse(id))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> message + " does not say: " + part);
        }
    }
}
