package dev.shootdown.race;

import dev.shootdown.mm.GatherSizes;
import dev.shootdown.riscv.TableShape;

/** How soon a gather is full. */
public enum GatherLimit {
    /** The kernel's sizes for the frame's shape. */
    KERNEL_SIZES,
    /** One page, one table: every addition fills a batch and forces a flush. */
    FULL_AT_ONE;

    GatherSizes sizes(TableShape shape) {
        GatherSizes sizes = GatherSizes.of(shape);
        return this == KERNEL_SIZES ? sizes : sizes.withTablesPerBatch(1).withBundleOnly(1);
    }
}
