package dev.shootdown.mm;

import dev.shootdown.riscv.TableShape;

/**
 * How much a gather collects before it has to flush.
 *
 * @param bundle pages that fit without allocation: MMU_GATHER_BUNDLE
 * @param pagesPerBatch pages in one allocated batch: MAX_GATHER_BATCH
 * @param maxBatches allocated batches: MAX_GATHER_BATCH_COUNT
 * @param tablesPerBatch tables in one RCU batch: MAX_TABLE_BATCH; it lives in one frame
 * @param allocation whether batches can be allocated
 */
public record GatherSizes(
        int bundle, int pagesPerBatch, int maxBatches, int tablesPerBatch, BatchAllocation allocation) {
    private static final int BUNDLE = 8;
    private static final int MAX_BATCHES = 19;
    private static final int PAGE_BATCH_HEADER_WORDS = 2;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if a gather could hold nothing
     */
    public GatherSizes {
        if (bundle < 1 || pagesPerBatch < 1 || maxBatches < 0 || tablesPerBatch < 1) {
            throw new IllegalArgumentException(
                    "a gather needs a bundle, a page batch and a table batch of at least 1, not " + bundle + ", "
                            + pagesPerBatch + ", " + tablesPerBatch);
        }
    }

    /**
     * {@return the kernel's sizes for frames of that shape: 8, 510, 19 and 509 when a frame has 512 words}
     *
     * @param shape of the tables
     */
    public static GatherSizes of(TableShape shape) {
        return new GatherSizes(
                BUNDLE,
                shape.entries() - PAGE_BATCH_HEADER_WORDS,
                MAX_BATCHES,
                TableBatch.capacity(shape),
                BatchAllocation.SUCCEEDS);
    }

    /**
     * Changes whether there is memory for batches.
     *
     * @param change whether there is memory for a batch
     * @return the changed copy
     */
    public GatherSizes withAllocation(BatchAllocation change) {
        return new GatherSizes(bundle, pagesPerBatch, maxBatches, tablesPerBatch, change);
    }

    /**
     * Changes how many tables fill a batch.
     *
     * @param tables at least 1
     * @return the changed copy
     */
    public GatherSizes withTablesPerBatch(int tables) {
        return new GatherSizes(bundle, pagesPerBatch, maxBatches, tables, allocation);
    }

    /**
     * {@return the same gather with a bundle of {@code pages} and no batches: it flushes every {@code pages} pages}
     *
     * @param pages at least 1
     */
    public GatherSizes withBundleOnly(int pages) {
        return new GatherSizes(pages, pagesPerBatch, 0, tablesPerBatch, allocation);
    }
}
