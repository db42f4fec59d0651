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
                                .flatMap(shootdown -> Arrays.stream(WalkerMask.values())
                                        .map(mask -> Race.of(walker)
                                                .against(mutator)
                                                .freeing(freeing)
                                                .shootdown(shootdown)
                                                .where(conditions -> conditions.withMask(mask))))));
    }
}
