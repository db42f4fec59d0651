package dev.shootdown.race;

import dev.shootdown.mm.BatchAllocation;
import dev.shootdown.mm.TableFreeing;

/** A kind of free strategy. */
public interface FreeingKind extends Named {
    /** The strategy; it has no state of its own, or one for each machine. */
    TableFreeing strategy();

    /** Whether a gather gets memory for batches in races of this kind. */
    default BatchAllocation batchAllocation() {
        return BatchAllocation.SUCCEEDS;
    }
}
