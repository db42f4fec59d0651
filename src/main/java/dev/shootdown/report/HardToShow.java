package dev.shootdown.report;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Races of which plain threads of a host cannot be relied upon to show within a minute what must be shown, a failure or that the race
 * was on, each with the reason. Exploration shows them all. Of any other race of the catalogue, it is a finding if nothing is shown.
 *
 * <p>What needs a weaker memory model than the host has is none of these: {@link dev.shootdown.stress.StressExpectation} knows.
 */
final class HardToShow {
    private record Reason(String words, Predicate<Race> holds) {}

    private static final List<Reason> REASONS = List.of(
            new Reason(
                    "the unhook has to wait in a store buffer while one word is read",
                    HardToShow::failsInTheStoreBuffer),
            new Reason(
                    "publishing takes a few stores, and there is nothing that a walker could dawdle over: it would come too late",
                    HardToShow::publishes));

    private HardToShow() {}

    /** Why nothing need be seen of a race; empty if something must. */
    static Optional<String> reason(Race race) {
        return REASONS.stream()
                .filter(reason -> reason.holds().test(race))
                .map(Reason::words)
                .findFirst();
    }

    private static boolean failsInTheStoreBuffer(Race race) {
        return race.walker() == Walkers.FAST_GUP
                && race.freeing() == Freeings.TRACKER_READ_BARRIER
                && race.shootdown() == Shootdowns.BROADCAST_UNSYNCED;
    }

    private static boolean publishes(Race race) {
        return race.mutator() == Mutators.POPULATE;
    }
}
