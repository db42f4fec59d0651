package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.testing.WatchedWords;
import dev.shootdown.walk.Recheck;
import dev.shootdown.walk.WalkOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the truth table, shown by the one interleaving that matters: the whole mutator in the middle of the walk. In
 * an unsafe race it gets through and the walker reads what was freed; in a safe one it waits.
 */
class InterleavingTest {
    private static final Set<FreeingKind> INTERRUPTING = Set.of(
            Freeings.TABLE_ONE_SYNC_IPI,
            Freeings.SYNC_IPI_BEFORE_FLUSH,
            Freeings.DEPOSIT_SYNC_IPI,
            Freeings.REUSE_IN_PLACE_SYNC_IPI);

    private static Stream<Race> freeingTables() {
        return Combinations.freeingTables()
                .filter(race -> !failsInALaterWalkOnly(race))
                .filter(race -> !failsBeforeTheNextLifeOnly(race))
                .filter(InterleavingTest::isOneStepAfterTheOther);
    }

    /**
     * An interrupt of every hart waits for the hardware walk in flight, fence or no fence: what reads the freed table is the
     * next walk, from what this one cached. Exploration finds that one.
     */
    private static boolean failsInALaterWalkOnly(Race race) {
        return race.walker() == Walkers.HARDWARE
                && INTERRUPTING.contains(race.freeing())
                && race.expectation().orElseThrow().verdict() == Verdict.UNSAFE;
    }

    /** A count is zero between a table's lives: after the mutator, the next one has begun. */
    private static boolean failsBeforeTheNextLifeOnly(Race race) {
        return (race.freeing() == Freeings.TABLE_COUNT_BLIND || race.freeing() == Freeings.TABLE_COUNT_IN_TABLE)
                && race.conditions().freedFrames() == FreedFrames.RECYCLED_AS_TABLE;
    }

    /** A hart that is away or walks twice, and a store that is late, are no matter of one interleaving: exploration has them. */
    private static boolean isOneStepAfterTheOther(Race race) {
        FailsFrom failsFrom = race.expectation().orElseThrow().failsFrom();
        return race.conditions().presence() == WalkerPresence.PRESENT
                && (failsFrom == FailsFrom.SC || failsFrom == FailsFrom.NEVER);
    }

    @ParameterizedTest
    @EnumSource(Shootdowns.class)
    void anUnsafeMutatorFreesUnderTheWalkerAndASafeOneWaits(Shootdowns shootdown) {
        freeingTables()
                .filter(race -> race.shootdown() == shootdown)
                .parallel()
                .forEach(InterleavingTest::assertFreesOrWaits);
    }

    private static void assertFreesOrWaits(Race race) {
        Interleaving run = Interleaving.atTheWeakestStep(race);
        assertTrue(run.mutated(), race::id);
        switch (race.expectation().orElseThrow().verdict()) {
            case UNSAFE ->
                assertAll(
                        race.id(),
                        () -> assertEquals(race.failure(), run.outcome()),
                        () -> assertEquals(findingLevel(race, run.outcome()), run.findingLevel()),
                        () -> assertEquals(!race.freeing().keepsTables(), run.freedInWalk()));
            case SAFE ->
                assertAll(
                        race.id(),
                        () -> assertFalse(run.outcome().isForbidden(), run.outcome()::name),
                        () -> assertTrue(caresForItself(race) || !run.freedInWalk()),
                        () -> assertTrue(caresForItself(race) || run.blocked()));
            case INCONCLUSIVE -> throw new AssertionError(race.id());
        }
    }

    /** The victim's level where the outcome is one that a load tells of. */
    private static int findingLevel(Race race, WalkOutcome outcome) {
        boolean isTold = outcome == WalkOutcome.READ_FREED_TABLE || outcome == WalkOutcome.READ_RECYCLED_TABLE;
        return isTold ? race.conditions().victim().level() : -1;
    }

    /** Whether the walker notices by itself that it comes too late: then nobody has to wait for it. */
    private static boolean caresForItself(Race race) {
        return TruthTable.all().stream()
                .filter(row -> row.covers(race))
                .map(TruthTable.Row::protection)
                .anyMatch(each -> each == Protection.WALKERS_HOLD || each == Protection.SECOND_LOOK);
    }

    static Stream<Arguments> victims() {
        return Arrays.stream(SatpMode.values())
                .flatMap(mode -> Arrays.stream(TableLevel.values())
                        .filter(level -> level.isFreeableUnder(mode))
                        .flatMap(level ->
                                Arrays.stream(TableShape.values()).map(shape -> Arguments.of(mode, level, shape))));
    }

    @ParameterizedTest
    @MethodSource("victims")
    void aTableOfAnyLevelIsReadAfterItWasFreed(SatpMode mode, TableLevel victim, TableShape shape) {
        Race broken = Race.of(Walkers.FAST_GUP)
                .shootdown(Shootdowns.SBI_RFENCE)
                .satp(mode)
                .victim(victim)
                .shape(shape);
        for (int level = 0; level <= victim.level(); level++) {
            Interleaving run = Interleaving.at(level, broken);
            assertEquals(WalkOutcome.READ_FREED_TABLE, run.outcome());
            assertEquals(level, run.findingLevel());
        }
        Interleaving repaired = Interleaving.atTheWeakestStep(broken.freeing(Freeings.REMOVE_TABLE));
        assertTrue(repaired.blocked());
        assertFalse(repaired.outcome().isForbidden());
    }

    @ParameterizedTest
    @EnumSource(value = FreedFrames.class, mode = EnumSource.Mode.EXCLUDE, names = "QUARANTINE")
    void aTableThatCameBackIsReadAsSomebodyElses(FreedFrames freed) {
        Race broken =
                Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).where(each -> each.withFreedFrames(freed));
        assertEquals(
                WalkOutcome.READ_RECYCLED_TABLE,
                Interleaving.atTheWeakestStep(broken).outcome());
        assertEquals(WalkOutcome.READ_RECYCLED_TABLE, broken.failure());
    }

    @ParameterizedTest
    @EnumSource(GatherLimit.class)
    void aFullGatherIsNoSaferThanAnEmptyOne(GatherLimit limit) {
        for (Freeings freeing : List.of(Freeings.REMOVE_PAGE, Freeings.REMOVE_TABLE)) {
            Race race = Race.of(Walkers.FAST_GUP)
                    .shootdown(Shootdowns.SBI_RFENCE)
                    .freeing(freeing)
                    .where(each -> each.withGatherLimit(limit));
            Interleaving run = Interleaving.atTheWeakestStep(race);
            assertEquals(freeing == Freeings.REMOVE_TABLE, run.blocked(), race.id());
            assertEquals(freeing == Freeings.REMOVE_PAGE, run.outcome().isForbidden(), race.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MUNMAP_PARTIAL, PMD_AND_PTE, SBI_RFENCE, RETRY",
        "MUNMAP_PARTIAL, PTE_ONLY,    SBI_RFENCE, RETRY",
        "MUNMAP_PARTIAL, PMD_ONLY,    SBI_RFENCE, PINNED_FOREIGN_PAGE",
        "COLLAPSE,       PMD_AND_PTE, SBI_RFENCE, RETRY",
        "COLLAPSE,       PMD_ONLY,    SBI_RFENCE, RETRY",
        "COLLAPSE,       PTE_ONLY,    SBI_RFENCE, PINNED_FOREIGN_PAGE"
    })
    void aDroppedRecheckPinsAPageThatWasGivenAway(
            Mutators mutator, Recheck recheck, Shootdowns shootdown, WalkOutcome outcome) {
        Race race = Race.of(Walkers.FAST_GUP)
                .against(mutator)
                .shootdown(shootdown)
                .where(each -> each.withRecheck(recheck).withFreedFrames(FreedFrames.RECYCLED_AS_DATA));
        Interleaving run = Interleaving.atTheWeakestStep(race);
        assertEquals(outcome, run.outcome());
        assertFalse(run.blocked());
        Verdict verdict = race.expectation().orElseThrow().verdict();
        assertEquals(verdict == Verdict.UNSAFE, run.outcome().isForbidden());

        Interleaving waited = Interleaving.atTheWeakestStep(race.shootdown(Shootdowns.S_MODE_IPI));
        assertTrue(waited.blocked());
        assertFalse(waited.outcome().isForbidden());
    }

    @ParameterizedTest
    @CsvSource({
        "ZERO_THEN_RELEASE, setRelease, NOT_PRESENT",
        "ZERO_THEN_PLAIN, setOpaque, NOT_PRESENT",
        "PUBLISH_THEN_ZERO, setRelease, READ_UNINITIALISED_TABLE"
    })
    void aWalkRightAfterATableWasPublishedReadsWhatItHoldsThen(PublishOrder order, String mode, WalkOutcome expected) {
        Race race = Race.of(Walkers.FAST_GUP).against(Mutators.POPULATE).where(each -> each.withPublishOrder(order));
        MachineSpec spec = RaceInstance.specOf(race);
        ImageLayout layout = spec.layout();
        WatchedWords words = new WatchedWords(new OffHeapWords(layout), layout);
        RaceInstance instance = new RaceInstance(race, Machine.boot(spec, layout, words), RaceObserver.NONE);
        instance.prepare();
        long pmd = instance.site().mm().parentOf(instance.site().address(), TableLevel.PTE);

        WalkOutcome[] outcome = new WalkOutcome[1];
        words.watch((access, offset) -> {
            if (offset == pmd && access.equals(mode)) {
                words.watch((nextAccess, nextOffset) -> {});
                outcome[0] = instance.walk();
            }
        });
        instance.mutate();
        assertEquals(expected, outcome[0]);
        assertEquals(WalkOutcome.PINNED, instance.walk());
    }
}
