package dev.shootdown.race;

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
                                        .shootdown(shootdown)))));
    }

    private static Stream<Race> withEveryMaskAndPresence(Race race) {
        return Arrays.stream(WalkerMask.values())
                .flatMap(mask -> Arrays.stream(WalkerPresence.values())
                        .filter(presence -> canBe(race.shootdown(), presence))
                        .map(presence -> race.where(each -> each.withMask(mask).withPresence(presence))));
    }

    private static boolean canBe(ShootdownKind shootdown, WalkerPresence presence) {
        return switch (presence) {
            case PRESENT -> true;
            case DESCHEDULED -> shootdown != Shootdowns.LAZY_SKIP;
            case LAZY -> shootdown != Shootdowns.PARAVIRTUAL;
        };
    }
}
