package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of mutator: lays out the address space, and makes a mutator for each machine. To bring your own, implement {@link
 * #prepare(RaceSite)}, {@link #on} and {@link #failure}, by an enum or a record that has a {@link #name()}; {@link Race} says what no part
 * of a race may do. The other methods tell stress where to look, and have defaults for mutators that unhook a table.
 */
public interface MutatorKind extends Named {
    /** Adds what the mutator needs to a machine's image: regions, frames, another address space. */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /** Who else takes part in races with {@link ThirdActor#OWN}; those without it do not have the actor. */
    default Optional<OwnActor> ownActor() {
        return Optional.empty();
    }

    /**
     * Maps what the race starts from, on the machine that becomes the template of all others, with {@code site.mm().map(…)}.
     * Called once a race, before any actor runs; the root table is there, masks are set afterwards.
     */
    void prepare(RaceSite site);

    /**
     * A mutator on {@link RaceSite#mutatorHart()}.
     *
     * <p>Drive a {@link dev.shootdown.mm.Munmap} or {@link dev.shootdown.mm.Collapse} over {@link RaceSite#gather()}, or go step
     * by step: {@code gather.begin()}; unhook a table with {@code site.tables().unhook(…)}, or clear a leaf; hand it over with
     * {@code gather.freeTable(…)} or {@code removeLeaf(…)}, which calls the race's free strategy; {@code gather.finish()}. It must
     * not have interrupts off while the gather works, because the gather waits for other harts.
     */
    Mutator on(RaceSite site);

    /** Which outcome shows that a race of this kind failed, given what becomes of freed frames. */
    WalkOutcome failure(RaceConditions conditions);

    /** All outcomes that a failing race of this kind may show; no other forbidden outcome has an explanation. */
    default Set<WalkOutcome> possibleFailures(RaceConditions conditions) {
        return Set.of(failure(conditions));
    }

    /**
     * The frame whose free the walker races with, in the state that {@link #prepare(RaceSite)} left; {@link
     * dev.shootdown.memory.PhysicalMemory#NO_FRAME} if the mutator frees nothing.
     */
    default long victimFrame(RaceSite site) {
        return site.mm().tableAt(site.address(), site.conditions().victim());
    }

    /** Whether this mutator frees anything: if so, stress wants to see it freed within the sample. */
    default boolean freesFrames() {
        return true;
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
