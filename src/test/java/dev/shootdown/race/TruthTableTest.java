package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TruthTableTest {
    private static final List<Race> FREEING_TABLES =
            Combinations.freeingTables().toList();

    @Test
    void everyCombinationIsInExactlyOneRow() {
        FREEING_TABLES.forEach(race -> assertEquals(
                1, TruthTable.all().stream().filter(row -> row.covers(race)).count(), race::id));
    }

    @Test
    void everyRowStandsForSomeCombinationAndSaysWhy() {
        for (TruthTable.Row row : TruthTable.all()) {
            assertTrue(FREEING_TABLES.stream().anyMatch(row::covers), row::toString);
            assertFalse(row.expectation().reason().isBlank());
            assertFalse(row.expectation().source().isBlank());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // What each walker survives, written down once more, by hand: S safe, u unsafe.
        // Columns: the dispatchers in order; in each, the walker's hart in the mask, not in it, and away where that
        // matters.
        "FAST_GUP, FREE_BEFORE_FLUSH,        uu uu uu uu uu uu uu u uu u",
        "FAST_GUP, REMOVE_PAGE,              Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, REMOVE_TABLE,             SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_ONE_SYNC_IPI,       SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_ONE_SYNC_RCU,       SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_ONE_CALL_RCU,       SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, SYNC_IPI_BEFORE_FLUSH,    SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, SYNC_RCU_BEFORE_FLUSH,    SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, CALL_RCU_BEFORE_FLUSH,     SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REMOVE_TABLE_BEFORE_FLUSH, SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_ONE_UNSYNCHRONISED, Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, STATIC_KEY,               Su SS Su SS SS SS SS S Su S",
        "FAST_GUP, STATIC_KEY_INVERTED,      SS uu SS uu uu uu Su u SS S",
        "RCU_WALK, FREE_BEFORE_FLUSH,        uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REMOVE_PAGE,              uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REMOVE_TABLE,             SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_ONE_SYNC_IPI,       uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, TABLE_ONE_SYNC_RCU,       SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_ONE_CALL_RCU,       SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, SYNC_IPI_BEFORE_FLUSH,    uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, SYNC_RCU_BEFORE_FLUSH,    SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, CALL_RCU_BEFORE_FLUSH,     SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, REMOVE_TABLE_BEFORE_FLUSH, SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_ONE_UNSYNCHRONISED, uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, STATIC_KEY,               uu SS uu SS SS SS SS S uu u",
        "RCU_WALK, STATIC_KEY_INVERTED,      SS uu SS uu uu uu uu u SS S",
        "HARDWARE, FREE_BEFORE_FLUSH,        uu uu uu uu uu uu uu u uu u",
        "HARDWARE, REMOVE_PAGE,              Su Su Su uu SS uu Su S Su u",
        "HARDWARE, REMOVE_TABLE,             Su Su Su uu SS uu Su S Su u",
        "HARDWARE, TABLE_ONE_SYNC_IPI,       Su Su Su uu SS uu Su S Su u",
        "HARDWARE, TABLE_ONE_SYNC_RCU,       Su Su Su uu SS uu Su S Su u",
        "HARDWARE, TABLE_ONE_CALL_RCU,       Su Su Su uu SS uu Su S Su u",
        "HARDWARE, SYNC_IPI_BEFORE_FLUSH,    uu uu uu uu uu uu uu u uu u",
        "HARDWARE, SYNC_RCU_BEFORE_FLUSH,    uu uu uu uu uu uu uu u uu u",
        "HARDWARE, CALL_RCU_BEFORE_FLUSH,     uu uu uu uu uu uu uu u uu u",
        "HARDWARE, REMOVE_TABLE_BEFORE_FLUSH, uu uu uu uu uu uu uu u uu u",
        "HARDWARE, WORKER_BEFORE_FLUSH,       uu uu uu uu uu uu uu u uu u",
        "HARDWARE, TABLE_ONE_UNSYNCHRONISED, Su Su Su uu SS uu Su S Su u",
        "HARDWARE, STATIC_KEY,               Su Su Su uu SS uu Su S Su u",
        "HARDWARE, STATIC_KEY_INVERTED,      Su Su Su uu SS uu Su S Su u",
        "FAST_GUP, TRACKER_FULL_BARRIER,     SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TRACKER_READ_BARRIER,     SS SS SS SS SS uu SS S SS S",
        "RCU_WALK, TRACKER_FULL_BARRIER,     uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, TRACKER_READ_BARRIER,     uu uu uu uu uu uu uu u uu u",
        "HARDWARE, TRACKER_FULL_BARRIER,     Su Su Su uu SS uu Su S Su u",
        "HARDWARE, TRACKER_READ_BARRIER,     Su Su Su uu SS uu Su S Su u",
        "FAST_GUP, DEPOSIT,                  Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, DEPOSIT_SYNC_IPI,         SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, DEPOSIT_SYNC_RCU,         SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE,           SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_IPI,  SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_RCU,  SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TYPE_STABLE,              SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_COUNT,              SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_COUNT_UNCHECKED,    SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_COUNT_BLIND,        Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, TABLE_COUNT_IN_TABLE,     Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, MM_EXIT,                  SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, MM_EXIT_UNPINNED,         Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, WORKER,                   Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, WORKER_BEFORE_FLUSH,      uu uu uu uu uu uu uu u uu u",
        "FAST_GUP, LOCK,                     SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, LOCK_ENTRY_BEFORE,        Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, LOCK_FREER_ONLY,          Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, LOCK_IN_TABLE,            Su uu Su uu uu uu Su u Su S",
        "RCU_WALK, DEPOSIT,                  uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, DEPOSIT_SYNC_IPI,         uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, DEPOSIT_SYNC_RCU,         SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, REUSE_IN_PLACE,           SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_IPI,  SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_RCU,  SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TYPE_STABLE,              SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_COUNT,              SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_COUNT_UNCHECKED,    SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_COUNT_BLIND,        uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, TABLE_COUNT_IN_TABLE,     uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, MM_EXIT,                  SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, MM_EXIT_UNPINNED,         uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, WORKER,                   uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, WORKER_BEFORE_FLUSH,      uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, LOCK,                     SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, LOCK_ENTRY_BEFORE,        uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, LOCK_FREER_ONLY,          uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, LOCK_IN_TABLE,            uu uu uu uu uu uu uu u uu u",
    })
    void theVerdictsAreThoseOfTheFacts(Walkers walker, Freeings freeing, String cells) {
        assertEquals(cells, rowOf(Race.of(walker).freeing(freeing)));
    }

    private static String rowOf(Race race) {
        return Arrays.stream(Shootdowns.values())
                .map(shootdown -> cellsOf(race.shootdown(shootdown)))
                .collect(Collectors.joining(" "));
    }

    /** The same with the parent entry not loaded again. */
    @ParameterizedTest
    @CsvSource({
        "FAST_GUP, DEPOSIT,                 Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, DEPOSIT_SYNC_IPI,        SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, DEPOSIT_SYNC_RCU,        SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE,          Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_IPI, SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_RCU, SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TYPE_STABLE,             Su uu Su uu uu uu Su u Su S",
        "RCU_WALK, DEPOSIT,                 uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, DEPOSIT_SYNC_IPI,        uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, DEPOSIT_SYNC_RCU,        SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, REUSE_IN_PLACE,          uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_IPI, uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_RCU, SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TYPE_STABLE,             uu uu uu uu uu uu uu u uu u",
    })
    void tablesWithAnotherLifeNeedASecondLookOrAWait(Walkers walker, Freeings freeing, String cells) {
        assertEquals(cells, rowOf(Race.of(walker).freeing(freeing).where(each -> each.withRecheck(Recheck.PTE_ONLY))));
    }

    /** The same with both loaded again, and a pmd table that has another life: of its leaves, the entry above is no matter. */
    @ParameterizedTest
    @CsvSource({
        "FAST_GUP, REUSE_IN_PLACE,          Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_IPI, SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, REUSE_IN_PLACE_SYNC_RCU, SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TYPE_STABLE,             Su uu Su uu uu uu Su u Su S",
        "RCU_WALK, REUSE_IN_PLACE,          uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_IPI, uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, REUSE_IN_PLACE_SYNC_RCU, SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TYPE_STABLE,             uu uu uu uu uu uu uu u uu u",
    })
    void aSecondLookIsNoneAtPmdTables(Walkers walker, Freeings freeing, String cells) {
        assertEquals(cells, rowOf(Race.of(walker).freeing(freeing).victim(TableLevel.PMD)));
    }

    @ParameterizedTest
    @CsvSource({
        "FAST_GUP, TABLE_COUNT,           SS SS SS SS SS SS SS S SS S",
        "FAST_GUP, TABLE_COUNT_UNCHECKED, Su uu Su uu uu uu Su u Su S",
        "FAST_GUP, TABLE_COUNT_BLIND,     Su uu Su uu uu uu Su u Su S",
        "RCU_WALK, TABLE_COUNT,           SS SS SS SS SS SS SS S SS S",
        "RCU_WALK, TABLE_COUNT_UNCHECKED, uu uu uu uu uu uu uu u uu u",
        "FAST_GUP, TABLE_COUNT_IN_TABLE,  Su uu Su uu uu uu Su u Su S",
        "RCU_WALK, TABLE_COUNT_IN_TABLE,  uu uu uu uu uu uu uu u uu u",
        "RCU_WALK, TABLE_COUNT_BLIND,     uu uu uu uu uu uu uu u uu u",
    })
    void aCountIsAmbiguousWhereFramesComeBackAsTables(Walkers walker, Freeings freeing, String cells) {
        assertEquals(
                cells,
                rowOf(Race.of(walker)
                        .freeing(freeing)
                        .where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_TABLE))));
    }

    /** To the hardware, who asks something of software walkers, or waits for them, does no more than flush. */
    @ParameterizedTest
    @EnumSource(value = Freeings.class, names = ".*BEFORE_FLUSH", mode = EnumSource.Mode.MATCH_NONE)
    void theHardwareKnowsFencesOnly(Freeings freeing) {
        assertEquals(
                "Su Su Su uu SS uu Su S Su u", rowOf(Race.of(Walkers.HARDWARE).freeing(freeing)));
    }

    private static String cellsOf(Race race) {
        Stream<Race> told = Stream.of(race, race.where(each -> each.withMask(WalkerMask.ABSENT)));
        String cells = told.map(TruthTableTest::letter).collect(Collectors.joining());
        if (race.shootdown() == Shootdowns.PARAVIRTUAL) {
            return cells + " " + letter(race.where(each -> each.withPresence(WalkerPresence.DESCHEDULED)));
        }
        return race.shootdown() == Shootdowns.LAZY_SKIP
                ? cells + " " + letter(race.where(each -> each.withPresence(WalkerPresence.LAZY)))
                : cells;
    }

    private static String letter(Race race) {
        return race.expectation().orElseThrow().verdict() == Verdict.SAFE ? "S" : "u";
    }

    /** A hart that is away matters to a dispatcher that skips it, and to no other. */
    @ParameterizedTest
    @EnumSource(
            value = Shootdowns.class,
            names = {"PARAVIRTUAL", "LAZY_SKIP"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyWhoSkipsAHartCaresThatItIsAway(Shootdowns shootdown) {
        FREEING_TABLES.stream().filter(race -> race.shootdown() == shootdown).forEach(race -> {
            Race present = race.where(each -> each.withPresence(WalkerPresence.PRESENT));
            assertEquals(present.expectation(), race.expectation(), race::id);
        });
    }

    @ParameterizedTest
    @EnumSource(Shootdowns.class)
    void aHartThatSwitchesInIsInTheMask(Shootdowns shootdown) {
        FREEING_TABLES.stream()
                .filter(race -> race.shootdown() == shootdown)
                .filter(race -> race.conditions().mask() == WalkerMask.SWITCHES_IN)
                .forEach(race -> {
                    Race running = race.where(conditions -> conditions.withMask(WalkerMask.RUNNING));
                    assertEquals(running.expectation(), race.expectation(), race::id);
                });
    }

    /** A full barrier on both sides: with none between bit and walk, a local flush misses who has interrupts off. */
    @ParameterizedTest
    @CsvSource({
        "FAST_GUP, REMOVE_PAGE,  TSO",
        "FAST_GUP, REMOVE_TABLE, NEVER",
        "RCU_WALK, REMOVE_PAGE,  SC",
        "RCU_WALK, REMOVE_TABLE, NEVER",
        "HARDWARE, REMOVE_PAGE,  TSO",
        "HARDWARE, REMOVE_TABLE, TSO"
    })
    void aBitThatIsNotOrderedBeforeTheWalkCanBeMissed(Walkers walker, Freeings freeing, FailsFrom failsFrom) {
        Race race = unordered(walker).freeing(freeing);
        assertEquals(failsFrom, race.expectation().orElseThrow().failsFrom());
    }

    @Test
    void ofOtherRacesWithAnUnorderedBitItKnowsNothing() {
        Race race = unordered(Walkers.FAST_GUP);
        assertEquals(Optional.empty(), race.shootdown(Shootdowns.S_MODE_IPI).expectation());
        assertEquals(Optional.empty(), race.freeing(Freeings.LOCK).expectation());
        assertEquals(Optional.empty(), race.against(Mutators.MUNMAP_PARTIAL).expectation());
        assertEquals(
                Optional.empty(),
                race.where(each -> each.withPresence(WalkerPresence.LAZY)).expectation());
    }

    private static Race unordered(Walkers walker) {
        return Race.of(walker)
                .shootdown(Shootdowns.LOCAL_ONLY)
                .where(each -> each.withMask(WalkerMask.SWITCHES_IN_UNORDERED));
    }

    /** Why a reader fails is not the same everywhere: by whom it was passed over, or what did not wait for it. */
    @ParameterizedTest
    @CsvSource({
        "S_MODE_IPI,         RUNNING, PRESENT,     taken inside the reader",
        "S_MODE_IPI,         ABSENT,  PRESENT,     not in the mask",
        "SBI_RFENCE,         RUNNING, PRESENT,     firmware",
        "SBI_RFENCE,         ABSENT,  PRESENT,     not in the mask",
        "SBI_RFENCE_POSTED,  RUNNING, PRESENT,     was sent",
        "HARDWARE_BROADCAST, ABSENT,  PRESENT,     message to the hardware",
        "BROADCAST_UNSYNCED, RUNNING, PRESENT,     nobody waits",
        "PARAVIRTUAL,        RUNNING, DESCHEDULED, vCPU",
        "LAZY_SKIP,          RUNNING, LAZY,        lazy hart"
    })
    void whyAReaderFailsIsSaidOfEachKindOfCell(
            Shootdowns shootdown, WalkerMask mask, WalkerPresence presence, String words) {
        Race race = Race.of(Walkers.RCU_WALK)
                .shootdown(shootdown)
                .where(each -> each.withMask(mask).withPresence(presence));
        String reason = race.expectation().orElseThrow().reason();
        assertTrue(reason.contains(words), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "FAST_GUP, MUNMAP_PARTIAL, PMD_AND_PTE, SBI_RFENCE, RUNNING, SAFE",
        "FAST_GUP, MUNMAP_PARTIAL, PTE_ONLY,    SBI_RFENCE, RUNNING, SAFE",
        "FAST_GUP, MUNMAP_PARTIAL, PMD_ONLY,    SBI_RFENCE, RUNNING, UNSAFE",
        "FAST_GUP, MUNMAP_PARTIAL, PMD_ONLY,    S_MODE_IPI, RUNNING, SAFE",
        "FAST_GUP, MUNMAP_PARTIAL, PMD_ONLY,    S_MODE_IPI, ABSENT,  UNSAFE",
        "FAST_GUP, MUNMAP_PARTIAL, PMD_ONLY,    LOCAL_ONLY, ABSENT,  UNSAFE",
        "FAST_GUP, COLLAPSE,       PMD_AND_PTE, SBI_RFENCE, RUNNING, SAFE",
        "FAST_GUP, COLLAPSE,       PMD_ONLY,    SBI_RFENCE, RUNNING, SAFE",
        "FAST_GUP, COLLAPSE,       PTE_ONLY,    SBI_RFENCE, RUNNING, UNSAFE",
        "FAST_GUP, COLLAPSE,       PTE_ONLY,    LOCAL_ONLY, RUNNING, SAFE",
        "RCU_WALK, COLLAPSE,       PMD_AND_PTE, SBI_RFENCE, RUNNING, SAFE"
    })
    void pagesDependOnTheRecheckOfTheEntryThatGoes(
            Walkers walker, Mutators mutator, Recheck recheck, Shootdowns shootdown, WalkerMask mask, Verdict verdict) {
        Race race = Race.of(walker)
                .against(mutator)
                .shootdown(shootdown)
                .where(conditions ->
                        conditions.withRecheck(recheck).withMask(mask).withFreedFrames(FreedFrames.RECYCLED_AS_DATA));
        assertEquals(verdict, race.expectation().orElseThrow().verdict());
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, SAFE", "SWITCHES_IN, SAFE", "ABSENT, UNSAFE"})
    void aLazyHartThatIsSkippedAccessesNoPageBeforeItHasFlushed(WalkerMask mask, Verdict verdict) {
        for (Mutators mutator : List.of(Mutators.MUNMAP_PARTIAL, Mutators.COLLAPSE)) {
            Race race = Race.of(Walkers.HARDWARE)
                    .against(mutator)
                    .shootdown(Shootdowns.LAZY_SKIP)
                    .where(conditions ->
                            conditions.withPresence(WalkerPresence.LAZY).withMask(mask));
            assertEquals(verdict, race.expectation().orElseThrow().verdict());
        }
    }

    /** A page that is not handed out again has no count, so it cannot be pinned: no verdict for what cannot show. */
    @ParameterizedTest
    @EnumSource(value = FreedFrames.class, names = "RECYCLED_AS_DATA", mode = EnumSource.Mode.EXCLUDE)
    void aDroppedRecheckShowsOnlyWherePagesComeBack(FreedFrames freed) {
        Race race = Race.of(Walkers.FAST_GUP)
                .against(Mutators.COLLAPSE)
                .shootdown(Shootdowns.SBI_RFENCE)
                .where(each -> each.withRecheck(Recheck.PTE_ONLY).withFreedFrames(freed));
        assertEquals(Optional.empty(), race.expectation());
    }

    @ParameterizedTest
    @EnumSource(PublishOrder.class)
    void onlyTheMissingBarrierNeedsAWeakHost(PublishOrder order) {
        Race race = Race.of(Walkers.FAST_GUP).against(Mutators.POPULATE).where(each -> each.withPublishOrder(order));
        FailsFrom expected = switch (order) {
            case ZERO_THEN_RELEASE -> FailsFrom.NEVER;
            case ZERO_THEN_PLAIN -> FailsFrom.WEAK;
            case PUBLISH_THEN_ZERO -> FailsFrom.SC;
        };
        assertEquals(expected, race.expectation().orElseThrow().failsFrom());
    }

    @Test
    void itSaysWhatComesToAnEndBeforeTheFree() {
        Race gup = Race.of(Walkers.FAST_GUP);
        Race page = gup.against(Mutators.COLLAPSE);
        assertEquals(Optional.of(Protection.WAITED_INTERRUPT), TruthTable.protection(gup));
        assertEquals(Optional.of(Protection.GRACE_PERIOD), TruthTable.protection(gup.freeing(Freeings.REMOVE_TABLE)));
        assertEquals(Optional.of(Protection.WAITED_INTERRUPT), TruthTable.protection(page));
        assertEquals(Optional.of(Protection.SECOND_LOOK), TruthTable.protection(page.shootdown(Shootdowns.SBI_RFENCE)));
        assertEquals(Optional.empty(), TruthTable.protection(gup.against(Mutators.POPULATE)));
    }

    @Test
    void nothingComesToAnEndWhereARaceFailsAndOnlyThere() {
        for (Race race : KnownRaces.all()) {
            Verdict expected = race.describe().expected();
            TruthTable.protection(race)
                    .ifPresent(each -> assertEquals(expected == Verdict.UNSAFE, each == Protection.NOTHING, race.id()));
        }
    }

    @Test
    void whatItDoesNotKnowItDoesNotGuess() {
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
        for (Mutators mutator : Set.of(Mutators.MUNMAP, Mutators.MUNMAP_PARTIAL, Mutators.COLLAPSE)) {
            assertEquals(
                    Optional.empty(),
                    Race.of(Walkers.FAST_GUP).against(mutator).freeing(own).expectation());
        }
        Race withoutRecheck = Race.of(Walkers.FAST_GUP).where(each -> each.withRecheck(Recheck.PTE_ONLY));
        assertEquals(Optional.empty(), withoutRecheck.expectation());
    }

    @ParameterizedTest
    @EnumSource(FreedFrames.class)
    void recyclingNeedsAnAllocatorThatRecycles(FreedFrames freed) {
        AllocatorMode expected = freed == FreedFrames.QUARANTINE ? AllocatorMode.QUARANTINE : AllocatorMode.RECYCLE;
        Race race = Race.of(Walkers.FAST_GUP).where(each -> each.withFreedFrames(freed));
        assertEquals(expected, RaceInstance.specOf(race).allocatorMode());
    }
}
