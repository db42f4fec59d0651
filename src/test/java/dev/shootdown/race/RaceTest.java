package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import dev.shootdown.walk.WalkOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RaceTest {
    private final Race race = Race.of(Walkers.FAST_GUP)
            .against(Mutators.MUNMAP)
            .shootdown(Shootdowns.SBI_RFENCE)
            .freeing(Freeings.REMOVE_PAGE);

    @Test
    void aThirdActorOfItsOwnIsOneThatTheMutatorBrings() {
        assertThrows(IllegalArgumentException.class, () -> race.where(each -> each.withThirdActor(ThirdActor.OWN)));
    }

    @Test
    void knownRacesAreTheCatalogueAndMoreEachOnce() {
        List<String> ids = KnownRaces.all().stream().map(Race::id).toList();
        List<String> catalogue = Catalogue.all().stream().map(Race::id).toList();
        assertEquals(catalogue, ids.subList(0, catalogue.size()));
        assertEquals(ids.size(), new HashSet<>(ids).size());
    }

    @Test
    void idsAreWhatResultsOfOtherReleasesHave() {
        assertAll(
                () -> assertEquals("fast-gup/munmap/sbi-rfence/remove-page/sv39", race.id()),
                () -> assertEquals(
                        "rcu-walk/munmap/s-mode-ipi/table-one-sync-ipi/sv39",
                        Race.of(Walkers.RCU_WALK)
                                .freeing(Freeings.TABLE_ONE_SYNC_IPI)
                                .id()),
                () -> assertEquals(
                        "fast-gup/munmap/sbi-rfence/remove-page/sv57/victim=p4d",
                        race.satp(SatpMode.SV57).victim(TableLevel.P4D).id()),
                () -> assertEquals(
                        "fast-gup/munmap/sbi-rfence/remove-page/sv39/shape=architectural",
                        race.shape(TableShape.ARCHITECTURAL).id()),
                () -> assertEquals(
                        "fast-gup/munmap-partial/sbi-rfence/remove-page/sv39/freed=recycled-as-data/recheck=pmd-only",
                        race.against(Mutators.MUNMAP_PARTIAL)
                                .where(each -> each.withRecheck(Recheck.PMD_ONLY)
                                        .withFreedFrames(FreedFrames.RECYCLED_AS_DATA))
                                .id()),
                () -> assertEquals(
                        "fast-gup/munmap/local-only/remove-page/sv39/mask=absent/gather=small-batches",
                        race.shootdown(Shootdowns.LOCAL_ONLY)
                                .where(each -> each.withGatherLimit(GatherLimit.SMALL_BATCHES)
                                        .withMask(WalkerMask.ABSENT))
                                .id()),
                () -> assertEquals(
                        "fast-gup/populate/sbi-rfence/remove-page/sv39/publish=publish-then-zero/third=firmware",
                        race.against(Mutators.POPULATE)
                                .where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO)
                                        .withThirdActor(ThirdActor.FIRMWARE))
                                .id()));
    }

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        Set<Race> races = new HashSet<>();
        for (Mutators mutator : Mutators.values()) {
            for (Race each : Combinations.of(mutator).toList()) {
                for (FreedFrames freed : FreedFrames.values()) {
                    Race race = each.where(conditions -> conditions.withFreedFrames(freed));
                    races.add(race);
                    ids.add(race.id());
                }
            }
        }
        assertEquals(races.size(), ids.size());
    }

    @Test
    void whatIsLeftUnsaidIsTheTextbookCase() {
        Race plain = Race.of(Walkers.FAST_GUP);
        assertEquals("fast-gup/munmap/s-mode-ipi/remove-page/sv39", plain.id());
        assertEquals(Verdict.SAFE, plain.describe().expected());
        assertEquals(2, plain.actors());
    }

    @ParameterizedTest
    @CsvSource({"SV39, PUD", "SV39, P4D", "SV48, P4D", "SV48, PGD", "SV57, PGD"})
    void aTableThatIsTheRootOrFoldedCannotBeTheVictim(SatpMode mode, TableLevel victim) {
        Race any = Race.of(Walkers.FAST_GUP).satp(mode);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> any.victim(victim));
        assertEquals(
                "no " + victim + " table can be freed under " + mode + ": its root is the "
                        + TableLevel.of(mode.rootLevel()) + " level, choose a lower one",
                thrown.getMessage());
    }

    @Test
    void aModeWithTooFewLevelsForTheVictimIsAnErrorToo() {
        Race deep = Race.of(Walkers.FAST_GUP).satp(SatpMode.SV57).victim(TableLevel.P4D);
        assertThrows(IllegalArgumentException.class, () -> deep.satp(SatpMode.SV39));
    }

    @Test
    void aDispatcherSkipsOnlyThoseThatAreAwayItsOwnWay() {
        Race descheduled = race.where(each -> each.withPresence(WalkerPresence.DESCHEDULED));
        Race lazy = race.where(each -> each.withPresence(WalkerPresence.LAZY));
        assertThrows(IllegalArgumentException.class, () -> descheduled.shootdown(Shootdowns.LAZY_SKIP));
        assertThrows(IllegalArgumentException.class, () -> lazy.shootdown(Shootdowns.PARAVIRTUAL));
    }

    @ParameterizedTest
    @EnumSource(
            value = Shootdowns.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SBI_RFENCE", "SBI_RFENCE_POSTED"})
    void firmwareServesOnlySbi(Shootdowns shootdown) {
        Race any = race.shootdown(shootdown);
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> any.where(each -> each.withThirdActor(ThirdActor.FIRMWARE)));
        assertEquals(
                "firmware serves SBI_RFENCE and SBI_RFENCE_POSTED requests, not " + shootdown, thrown.getMessage());
    }

    @Test
    void aRaceThatNobodyKnowsNeedsAStatedVerdict() {
        Race unknown = race.where(each -> each.withRecheck(Recheck.PMD_ONLY));
        IllegalStateException thrown = assertThrows(IllegalStateException.class, unknown::describe);
        assertEquals(
                "the truth table does not know fast-gup/munmap/sbi-rfence/remove-page/sv39/recheck=pmd-only;"
                        + " say what must come out with expecting(...)",
                thrown.getMessage());
        Expectation stated = Expectation.unsafe("because", "me");
        assertEquals(Verdict.UNSAFE, unknown.expecting(stated).describe().expected());
    }

    @Test
    void aStatedVerdictOverrulesTheTable() {
        Expectation stated = Expectation.safe("because", "me");
        assertEquals(stated, race.expecting(stated).expectation().orElseThrow());
        assertEquals(
                stated, race.expecting(stated).satp(SatpMode.SV48).expectation().orElseThrow());
    }

    @Test
    void aDescriptionHasItAllInWords() {
        RaceDescription description =
                race.satp(SatpMode.SV48).victim(TableLevel.PUD).describe();
        assertEquals(
                new RaceDescription(
                        "fast-gup/munmap/sbi-rfence/remove-page/sv48/victim=pud",
                        "FAST_GUP",
                        "MUNMAP",
                        "SBI_RFENCE",
                        "REMOVE_PAGE",
                        "SV48",
                        Map.of("victim", "pud"),
                        Verdict.UNSAFE,
                        FailsFrom.SC,
                        "SIE does not mask M-mode: the fence completes in the middle of the walk",
                        "69be3fb111e7",
                        Protection.NOTHING),
                description);
    }

    @ParameterizedTest
    @EnumSource(WalkOutcome.class)
    void theVocabularyOfResultsHasEveryWalkOutcomeAndAgreesOnWhatIsForbidden(WalkOutcome walk) {
        assertEquals(walk.name(), Outcome.of(walk).name());
        assertEquals(walk.isForbidden(), Outcome.of(walk).isForbidden());
    }

    @Test
    void whatHappensToASampleIsNotForbiddenByItself() {
        assertAll(
                () -> assertEquals(false, Outcome.NEAR_MISS.isForbidden()),
                () -> assertEquals(false, Outcome.UNMET.isForbidden()));
    }
}
