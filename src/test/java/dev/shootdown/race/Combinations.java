package dev.shootdown.race;

import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.stream.Stream;

/** All races that can be made of built-in parts, as far as a verdict depends on them. */
final class Combinations {
    private Combinations() {}

    static Stream<Race> freeingTables() {
        return of(Mutators.MUNMAP);
    }

    static Stream<Race> of(Mutators mutator) {
        return Arrays.stream(Walkers.values())
                .flatMap(walker -> Arrays.stream(Freeings.values())
                        .flatMap(freeing -> Arrays.stream(Shootdowns.values())
                                .flatMap(shootdown -> withEveryMaskAndPresence(Race.of(walker)
                                        .against(mutator)
                                        .freeing(freeing)
                                        .shootdown(shootdown)))))
                .flatMap(Combinations::withWhatElseDecides);
    }

    /** Where tables have another life, what the walker loads again; where they are counted, what becomes of their frames. */
    private static Stream<Race> withWhatElseDecides(Race race) {
        if (race.mutator() != Mutators.MUNMAP || race.walker() == Walkers.HARDWARE) {
            return Stream.of(race);
        }
        return switch ((Freeings) race.freeing()) {
            case DEPOSIT,
                    DEPOSIT_SYNC_IPI,
                    DEPOSIT_SYNC_RCU,
                    REUSE_IN_PLACE,
                    REUSE_IN_PLACE_SYNC_IPI,
                    REUSE_IN_PLACE_SYNC_RCU,
                    TYPE_STABLE ->
                Stream.of(race, race.where(each -> each.withRecheck(Recheck.PTE_ONLY)), race.victim(TableLevel.PMD));
            case TABLE_COUNT, TABLE_COUNT_UNCHECKED, TABLE_COUNT_BLIND, TABLE_COUNT_IN_TABLE ->
                Stream.of(FreedFrames.values()).map(freed -> race.where(each -> each.withFreedFrames(freed)));
            case FREE_BEFORE_FLUSH,
                    REMOVE_PAGE,
                    REMOVE_TABLE,
                    TABLE_ONE_SYNC_IPI,
                    TABLE_ONE_SYNC_RCU,
                    TABLE_ONE_CALL_RCU,
                    SYNC_IPI_BEFORE_FLUSH,
                    SYNC_RCU_BEFORE_FLUSH,
                    CALL_RCU_BEFORE_FLUSH,
                    REMOVE_TABLE_BEFORE_FLUSH,
                    TABLE_ONE_UNSYNCHRONISED,
                    STATIC_KEY,
                    STATIC_KEY_INVERTED,
                    TRACKER_FULL_BARRIER,
                    TRACKER_READ_BARRIER,
                    MM_EXIT,
                    MM_EXIT_UNPINNED,
                    WORKER,
                    WORKER_BEFORE_FLUSH,
                    LOCK,
                    LOCK_ENTRY_BEFORE,
                    LOCK_FREER_ONLY,
                    LOCK_IN_TABLE -> Stream.of(race);
        };
    }

    private static Stream<Race> withEveryMaskAndPresence(Race race) {
        return Stream.of(WalkerMask.values())
                .filter(mask -> mask != WalkerMask.SWITCHES_IN_UNORDERED || isKnownUnordered(race))
                .flatMap(mask -> Arrays.stream(WalkerPresence.values())
                        .filter(presence -> canBe(race.shootdown(), presence))
                        .filter(presence ->
                                mask != WalkerMask.SWITCHES_IN_UNORDERED || presence == WalkerPresence.PRESENT)
                        .map(presence -> race.where(each -> each.withMask(mask).withPresence(presence))));
    }

    /** Where a bit that is set without a barrier has a verdict of its own. */
    private static boolean isKnownUnordered(Race race) {
        return race.mutator() == Mutators.MUNMAP
                && race.shootdown() == Shootdowns.LOCAL_ONLY
                && (race.freeing() == Freeings.REMOVE_PAGE || race.freeing() == Freeings.REMOVE_TABLE);
    }

    private static boolean canBe(ShootdownKind shootdown, WalkerPresence presence) {
        return switch (presence) {
            case PRESENT -> true;
            case DESCHEDULED -> shootdown != Shootdowns.LAZY_SKIP;
            case LAZY -> shootdown != Shootdowns.PARAVIRTUAL;
        };
    }
}
