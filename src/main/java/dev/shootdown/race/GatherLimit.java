package dev.shootdown.race;

import dev.shootdown.mm.GatherSizes;
import dev.shootdown.riscv.TableShape;

/** How soon a gather is full. */
public enum GatherLimit {
    /** The kernel's sizes for the frame's shape. */
    KERNEL_SIZES,
    /**
     * Two entries to a bundle and no page batches, one table to an RCU batch: with two tables to free, a flush comes before
     * the second one is unhooked.
     */
    SMALL_BATCHES;

    private static final int SMALL_BUNDLE = 2;

    GatherSizes sizes(TableShape shape) {
        GatherSizes sizes = GatherSizes.of(shape);
        return this == KERNEL_SIZES ? sizes : sizes.withTablesPerBatch(1).withBundleOnly(SMALL_BUNDLE);
    }
}
