package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.TableFreeing;

/**
 * A kind of free strategy. To bring your own, implement this, by an enum or a record that has a {@link #name()}, and {@link
 * TableFreeing}; {@link Race} says what no part of a race may do.
 */
public interface FreeingKind extends Named {
    /** Adds what the strategy needs to a machine's image. */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /**
     * The strategy. Called for each machine, of which many run at the same time: return one object without fields that change,
     * or a new one.
     */
    TableFreeing strategy();

    /** Whether a gather gets memory for batches in races of this kind. */
    default BatchAllocation batchAllocation() {
        return BatchAllocation.SUCCEEDS;
    }
}
