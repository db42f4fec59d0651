package dev.shootdown.explore;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.util.List;

/**
 * Programs that are known to be broken. An explorer that does not find one of them cannot be believed about any other
 * program: a run that reports verdicts checks itself with {@link #misjudged} first.
 */
public final class ExplorerCanaries {
    private static final List<Canary> ALL = List.of(
            new Canary(foundingRace(), FailsFrom.SC),
            new Canary(tracker(), FailsFrom.TSO),
            new Canary(publishWithoutRelease(), FailsFrom.WEAK));

    private ExplorerCanaries() {}

    /**
     * A broken program.
     *
     * @param failsFrom the strongest model under which its failure must be found; under a stronger one there is none to find
     */
    public record Canary(Program program, FailsFrom failsFrom) {
        /** Whether {@code explorer} is right about it under a model. */
        boolean isJudgedRightBy(Explorer explorer, MemoryModel model) {
            Verdict right = failsFrom.failsUnder(model) ? Verdict.UNSAFE : Verdict.SAFE;
            return explorer.explore(program, model, Reduction.SOURCE_SETS).verdict() == right;
        }
    }

    /** All of them: one that fails under every model, one from TSO on, one under WEAK only. */
    public static List<Canary> all() {
        return ALL;
    }

    /**
     * Explores each under {@code model} and names those on which the explorer is wrong: whose failure it missed, or in which
     * it found one that the model does not have. An empty list is what a run wants to see.
     *
     * @throws IllegalArgumentException for a model that the explorer does not have
     */
    public static List<String> misjudged(Explorer explorer, MemoryModel model) {
        return ALL.stream()
                .filter(canary -> !canary.isJudgedRightBy(explorer, model))
                .map(canary -> canary.program().name())
                .toList();
    }

    /** The race that all of this began with: an SBI fence does not wait for a walker whose interrupts are off. */
    private static Program foundingRace() {
        return new RaceProgram(
                Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.REMOVE_PAGE));
    }

    /** A walker and a freer that look for each other without a full barrier: store buffers hide both. */
    private static Program tracker() {
        return new Tracker(Tracker.Between.READ_BARRIER);
    }

    /** A table published without release: its entry may be seen before its contents. */
    private static Program publishWithoutRelease() {
        return new RaceProgram(Race.of(Walkers.FAST_GUP)
                .against(Mutators.POPULATE)
                .where(conditions -> conditions.withPublishOrder(PublishOrder.ZERO_THEN_PLAIN)));
    }
}
