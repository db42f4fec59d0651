package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;
import java.util.Set;

/** A kind of mutator: lays out the address space, and makes a mutator for each machine. */
public interface MutatorKind extends Named {
    /** Maps what the race starts from, on the machine that becomes the template of all others. */
    void prepare(RaceSite site);

    /** A mutator on {@link RaceSite#mutatorHart()}. */
    Mutator on(RaceSite site);

    /** Which outcome shows that a race of this kind failed, given what becomes of freed frames. */
    WalkOutcome failure(RaceConditions conditions);

    /** All outcomes that a failing race of this kind may show; no other forbidden outcome has an explanation. */
    default Set<WalkOutcome> possibleFailures(RaceConditions conditions) {
        return Set.of(failure(conditions));
    }

    /**
     * The frame whose free the walker races with, in the state that {@link #prepare} left; {@link
     * dev.shootdown.memory.PhysicalMemory#NO_FRAME} if the mutator frees nothing.
     */
    default long victimFrame(RaceSite site) {
        return site.mm().tableAt(site.address(), site.conditions().victim());
    }

    /** Whether a walk came before the mutator's marker: what a search for the best moment steers by. */
    default boolean cameBefore(WalkOutcome outcome, Position position) {
        return position == Position.ENTERED_VICTIM;
    }

    /** Whether a walk had seen what the mutator takes away, so that a free under it would have been a free too early. */
    default boolean isExposed(WalkOutcome outcome, Position position) {
        return position == Position.ENTERED_VICTIM;
    }

    /**
     * Before which step of its walk a walker that dawdles is most likely to be caught (see {@link WalkProbe#nextStep}), or
     * {@link WalkProbe#NOWHERE} if dawdling never helps.
     */
    default int weakestStep(RaceConditions conditions) {
        return conditions.victim().level();
    }
}
