package dev.shootdown.race;

import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.STATIC_KEY_INVERTED;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;
import static dev.shootdown.race.Walkers.RCU_WALK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.race.Repairs.Repair;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RepairsTest {
    private static final Set<FreeingKind> EARLY = Set.of(
            Freeings.FREE_BEFORE_FLUSH,
            Freeings.SYNC_IPI_BEFORE_FLUSH,
            Freeings.SYNC_RCU_BEFORE_FLUSH,
            Freeings.CALL_RCU_BEFORE_FLUSH,
            Freeings.REMOVE_TABLE_BEFORE_FLUSH,
            Freeings.WORKER_BEFORE_FLUSH);
    private static final Race SBI = Race.of(FAST_GUP).shootdown(SBI_RFENCE);

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of(SBI, REMOVE_TABLE),
                Arguments.of(SBI.freeing(TABLE_ONE_UNSYNCHRONISED), TABLE_ONE_SYNC_IPI),
                Arguments.of(SBI.freeing(STATIC_KEY_INVERTED), STATIC_KEY),
                Arguments.of(SBI.freeing(FREE_BEFORE_FLUSH), REMOVE_TABLE),
                Arguments.of(Race.of(FAST_GUP).freeing(FREE_BEFORE_FLUSH), REMOVE_PAGE),
                Arguments.of(Race.of(RCU_WALK), REMOVE_TABLE),
                Arguments.of(Race.of(RCU_WALK).freeing(TABLE_ONE_SYNC_IPI), TABLE_ONE_SYNC_RCU),
                Arguments.of(Race.of(RCU_WALK).freeing(TABLE_ONE_UNSYNCHRONISED), TABLE_ONE_SYNC_RCU),
                Arguments.of(Race.of(RCU_WALK).freeing(STATIC_KEY), REMOVE_TABLE),
                Arguments.of(SBI.freeing(Freeings.DEPOSIT), Freeings.DEPOSIT_SYNC_IPI),
                Arguments.of(Race.of(RCU_WALK).freeing(Freeings.DEPOSIT), Freeings.DEPOSIT_SYNC_RCU),
                Arguments.of(Race.of(RCU_WALK).freeing(Freeings.DEPOSIT_SYNC_IPI), Freeings.DEPOSIT_SYNC_RCU),
                Arguments.of(SBI.freeing(Freeings.TABLE_COUNT_BLIND), Freeings.TABLE_COUNT),
                Arguments.of(SBI.freeing(Freeings.TABLE_COUNT_IN_TABLE), Freeings.TABLE_COUNT),
                Arguments.of(SBI.freeing(Freeings.MM_EXIT_UNPINNED), Freeings.MM_EXIT),
                Arguments.of(SBI.freeing(Freeings.WORKER), REMOVE_TABLE),
                Arguments.of(Race.of(RCU_WALK).freeing(Freeings.SYNC_IPI_BEFORE_FLUSH), TABLE_ONE_SYNC_RCU),
                Arguments.of(Race.of(HARDWARE).freeing(Freeings.SYNC_IPI_BEFORE_FLUSH), TABLE_ONE_SYNC_IPI),
                Arguments.of(Race.of(HARDWARE).freeing(Freeings.SYNC_RCU_BEFORE_FLUSH), TABLE_ONE_SYNC_RCU),
                Arguments.of(Race.of(HARDWARE).freeing(Freeings.CALL_RCU_BEFORE_FLUSH), Freeings.TABLE_ONE_CALL_RCU),
                Arguments.of(Race.of(HARDWARE).freeing(Freeings.REMOVE_TABLE_BEFORE_FLUSH), REMOVE_TABLE),
                Arguments.of(Race.of(HARDWARE).freeing(Freeings.WORKER_BEFORE_FLUSH), Freeings.WORKER),
                Arguments.of(Race.of(RCU_WALK).freeing(Freeings.WORKER_BEFORE_FLUSH), REMOVE_TABLE),
                Arguments.of(SBI.freeing(Freeings.LOCK_ENTRY_BEFORE), Freeings.LOCK),
                Arguments.of(SBI.freeing(Freeings.LOCK_FREER_ONLY), Freeings.LOCK),
                Arguments.of(SBI.freeing(Freeings.LOCK_IN_TABLE), Freeings.LOCK));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aBrokenStrategyIsRepairedByTheNearestThatWaitsForMore(Race broken, Freeings better) {
        Repair repair = Repairs.of(broken).orElseThrow();
        assertEquals(
                new Repair(broken.freeing(better), "freeing", broken.freeing().name(), better.name()), repair);
    }

    @Test
    void aStaleMaskIsRepairedByTheMask() {
        Race stale = Race.of(FAST_GUP).where(each -> each.withMask(WalkerMask.ABSENT));
        Race running = stale.where(each -> each.withMask(WalkerMask.RUNNING));
        assertEquals(
                new Repair(running, "mask", "ABSENT", "RUNNING"),
                Repairs.of(stale).orElseThrow());
    }

    @Test
    void aBitWithoutABarrierIsRepairedByTheBarrier() {
        Race unordered = Race.of(FAST_GUP)
                .shootdown(Shootdowns.LOCAL_ONLY)
                .where(each -> each.withMask(WalkerMask.SWITCHES_IN_UNORDERED));
        Race ordered = unordered.where(each -> each.withMask(WalkerMask.SWITCHES_IN));
        assertEquals(
                new Repair(ordered, "mask", "SWITCHES_IN_UNORDERED", "SWITCHES_IN"),
                Repairs.of(unordered).orElseThrow());
    }

    @Test
    void aDroppedRecheckIsRepairedByLoadingBothAgain() {
        for (Mutators mutator : new Mutators[] {Mutators.MUNMAP_PARTIAL, Mutators.COLLAPSE}) {
            Recheck dropped = mutator == Mutators.COLLAPSE ? Recheck.PTE_ONLY : Recheck.PMD_ONLY;
            Race broken = SBI.against(mutator)
                    .where(each ->
                            each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA).withRecheck(dropped));
            Repair repair = Repairs.of(broken).orElseThrow();
            assertEquals(Recheck.PMD_AND_PTE, repair.race().conditions().recheck());
            assertEquals("recheck", repair.what());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Freeings.class,
            names = {"REUSE_IN_PLACE", "TYPE_STABLE"})
    void anotherLifeIsNoticedByASecondLook(Freeings freeing) {
        Race broken = SBI.freeing(freeing).where(each -> each.withRecheck(Recheck.PTE_ONLY));
        Repair repair = Repairs.of(broken).orElseThrow();
        assertEquals("recheck", repair.what());
        assertEquals(SBI.freeing(freeing), repair.race());
    }

    @Test
    void anEarlyPublicationIsRepairedByItsOrder() {
        Race broken = Race.of(FAST_GUP)
                .against(Mutators.POPULATE)
                .where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO));
        assertEquals("ZERO_THEN_RELEASE", Repairs.of(broken).orElseThrow().after());
    }

    @Test
    void everyBrokenRaceOfTheTableHasASafeRepairAndNoOther() {
        Arrays.stream(Mutators.values()).flatMap(Combinations::of).forEach(race -> {
            Optional<Verdict> verdict = TruthTable.lookUp(race).map(Expectation::verdict);
            Optional<Repair> repair = Repairs.of(race);
            boolean mendable = verdict.equals(Optional.of(Verdict.UNSAFE)) && !hasTwoFaults(race);
            assertEquals(mendable, repair.isPresent(), race.id());
            repair.ifPresent(each -> {
                assertEquals(
                        Verdict.SAFE, each.race().expectation().orElseThrow().verdict());
                assertEquals(race.walker(), each.race().walker());
            });
        });
    }

    /**
     * To the hardware, a fence that misses its hart, one that nobody waits for and a free before it are faults apart. That a lazy
     * hart is skipped is one for tables only: it accesses no page.
     */
    private static boolean hasTwoFaults(Race race) {
        RaceConditions conditions = race.conditions();
        boolean tables = race.mutator() == Mutators.MUNMAP;
        boolean early = tables && EARLY.contains(race.freeing());
        boolean untold = conditions.mask() == WalkerMask.ABSENT
                && race.shootdown() != Shootdowns.HARDWARE_BROADCAST
                && race.shootdown() != Shootdowns.BROADCAST_UNSYNCED;
        boolean unwaited = race.shootdown() == Shootdowns.SBI_RFENCE_POSTED
                || race.shootdown() == Shootdowns.BROADCAST_UNSYNCED
                || (tables && race.shootdown() == Shootdowns.LAZY_SKIP && conditions.presence() == WalkerPresence.LAZY);
        long faults = Stream.of(early, untold, unwaited).filter(fault -> fault).count();
        return race.walker() == Walkers.HARDWARE && faults > 1;
    }

    @Test
    void aFenceThatNobodyWaitsForIsRepairedByWaiting() {
        Race posted = Race.of(Walkers.HARDWARE)
                .shootdown(Shootdowns.SBI_RFENCE_POSTED)
                .freeing(REMOVE_TABLE);
        assertEquals(
                new Repair(posted.shootdown(SBI_RFENCE), "shootdown", "SBI_RFENCE_POSTED", "SBI_RFENCE"),
                Repairs.of(posted).orElseThrow());
    }

    @Test
    void aHartThatKeepsItsTranslationsIsRepairedByTheMask() {
        Race broken =
                Race.of(Walkers.HARDWARE).against(Mutators.COLLAPSE).where(each -> each.withMask(WalkerMask.ABSENT));
        assertEquals("mask", Repairs.of(broken).orElseThrow().what());
    }

    @Test
    void aStrategyOfYourOwnHasNoKnownRepair() {
        FreeingKind own = new FreeingKind() {
            @Override
            public String name() {
                return "OWN";
            }

            @Override
            public TableFreeing strategy() {
                return new RemovePage();
            }
        };
        Race race = SBI.freeing(own).expecting(Expectation.unsafe("because", "me"));
        assertTrue(Repairs.of(race).isEmpty());
    }

    @Test
    void aRepairOfTheCallersChoiceIsNamedAfterWhatDiffers() {
        assertEquals("freeing", Repairs.between(SBI, SBI.freeing(REMOVE_TABLE)).what());
        assertEquals(
                "mutator", Repairs.between(SBI, SBI.against(Mutators.COLLAPSE)).what());
        Race stale = SBI.where(each -> each.withMask(WalkerMask.ABSENT));
        assertEquals(new Repair(SBI, "mask", "ABSENT", "RUNNING"), Repairs.between(stale, SBI));
        assertThrows(IllegalArgumentException.class, () -> Repairs.between(SBI, SBI));
    }

    @Test
    void whatWasStatedOfTheBrokenRaceIsNotSaidOfItsRepair() {
        Race stated = SBI.expecting(Expectation.unsafe("because", "me"));
        assertEquals(SBI.freeing(REMOVE_TABLE), Repairs.of(stated).orElseThrow().race());
    }
}
