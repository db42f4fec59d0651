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
    /**
     * {@return the description with what the mutator needs in a machine's image: regions, frames, another address
     * space}
     *
     * @param spec the machine so far
     */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /** {@return who else takes part in races with {@link ThirdActor#OWN}; those without it do not have the actor} */
    default Optional<OwnActor> ownActor() {
        return Optional.empty();
    }

    /**
     * Maps what the race starts from, on the machine that becomes the template of all others, with {@code site.mm().map(…)}.
     * Called once a race, before any actor runs; the root table is there, masks are set afterwards.
     *
     * @param site the machine and what stands on it
     */
    void prepare(RaceSite site);

    /**
     * {@return a mutator on {@link RaceSite#mutatorHart()}}
     *
     * <p>Drive a {@link dev.shootdown.mm.Munmap} or {@link dev.shootdown.mm.Collapse} over {@link RaceSite#gather()}, or go step
     * by step: {@code gather.begin()}; unhook a table with {@code site.tables().unhook(…)}, or clear a leaf; hand it over with
     * {@code gather.freeTable(…)} or {@code removeLeaf(…)}, which calls the race's free strategy; {@code gather.finish()}. It must
     * not have interrupts off while the gather works, because the gather waits for other harts.
     *
     * @param site the machine and what stands on it
     */
    Mutator on(RaceSite site);

    /**
     * {@return which outcome shows that a race of this kind failed, given what becomes of freed frames}
     *
     * @param conditions of the race
     */
    WalkOutcome failure(RaceConditions conditions);

    /**
     * {@return all outcomes that a failing race of this kind may show; no other forbidden outcome has an explanation}
     *
     * @param conditions of the race
     */
    default Set<WalkOutcome> possibleFailures(RaceConditions conditions) {
        return Set.of(failure(conditions));
    }

    /**
     * {@return the frame whose free the walker races with, in the state that {@link #prepare(RaceSite)} left;
     * {@link dev.shootdown.memory.PhysicalMemory#NO_FRAME} if the mutator frees nothing}
     *
     * @param site the machine and what stands on it
     */
    default long victimFrame(RaceSite site) {
        return site.mm().tableAt(site.address(), site.conditions().victim());
    }

    /** {@return whether this mutator frees anything: if so, stress wants to see it freed within the sample} */
    default boolean freesFrames() {
        return true;
    }

    /**
     * {@return whether a walk came before the mutator's marker: what a search for the best moment steers by}
     *
     * @param outcome how the walk ended
     * @param position how far it had come
     */
    default boolean cameBefore(WalkOutcome outcome, Position position) {
        return position != Position.STAYED_OUTSIDE;
    }

    /**
     * {@return whether a walk had seen what the mutator takes away, so that a free under it would have been a free too
     * early}
     *
     * @param outcome how the walk ended
     * @param position how far it had come
     */
    default boolean isExposed(WalkOutcome outcome, Position position) {
        return position != Position.STAYED_OUTSIDE;
    }

    /**
     * {@return before which step of its walk a walker that dawdles is most likely to be caught (see
     * {@link WalkProbe#nextStep}), or {@link WalkProbe#NOWHERE} if dawdling never helps}
     *
     * @param conditions of the race
     */
    default int weakestStep(RaceConditions conditions) {
        return conditions.victim().level();
    }
}
