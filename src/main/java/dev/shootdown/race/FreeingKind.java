package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.walk.WalkOutcome;

/**
 * A kind of free strategy. To bring your own, implement this, by an enum or a record that has a {@link #name()}, and {@link
 * TableFreeing}; {@link Race} says what no part of a race may do.
 */
public interface FreeingKind extends Named {
    /**
     * {@return the description with what the strategy needs in a machine's image}
     *
     * @param spec the machine so far
     */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /**
     * {@return the strategy} Called for each machine, of which many run at the same time: return one object without
     * fields that change, or a new one.
     */
    TableFreeing strategy();

    /** {@return whether a gather gets memory for batches in races of this kind} */
    default BatchAllocation batchAllocation() {
        return BatchAllocation.SUCCEEDS;
    }

    /**
     * Sets up what the strategy needs, on the machine that becomes the template of all others, after the mutator's and walkers' kinds
     * did.
     *
     * @param site the machine and what stands on it
     */
    default void prepare(RaceSite site) {}

    /**
     * What becomes of the tables that the strategy kept: called by the mutator's thread after a mutator that frees has returned, as
     * part of the race.
     *
     * @param site the machine and what stands on it
     */
    default void afterwards(RaceSite site) {}

    /**
     * {@return whether tables stay tables all their lives, used by one address space after the other} To read one in
     * another life is then no failure of a walker that {@link WalkerKind#looksAgain looks again}; to use what was read
     * there is.
     */
    default boolean keepsTables() {
        return false;
    }

    /**
     * {@return the outcome by which a failure of this strategy shows}
     *
     * @param walker who walks
     * @param ofMutator how it shows where tables are freed and read
     */
    default WalkOutcome failure(WalkerKind walker, WalkOutcome ofMutator) {
        return ofMutator;
    }
}
