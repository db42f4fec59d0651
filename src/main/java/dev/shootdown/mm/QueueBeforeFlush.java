package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/**
 * Queues the table to be freed, and leaves the flush to the end of the unmapping. A mistake: what waits in a queue may be freed at
 * any time. Here it is at once, the gathering hart being interrupted, or its thread preempted, before it flushes ({@link
 * MmuGather#serveQueues}).
 */
public final class QueueBeforeFlush implements TableFreeing {
    private final Queue queue;

    /** Where tables wait. */
    public enum Queue {
        /** On the list of a worker, who frees without a grace period. */
        WORKER {
            @Override
            void add(MmuGather gather, DetachedTable table) {
                gather.queueKernelTable(table);
            }
        },
        /** For a grace period, each by itself. */
        CALL_RCU {
            @Override
            void add(MmuGather gather, DetachedTable table) {
                gather.callRcu(table);
            }
        },
        /** For a grace period, in a batch; by itself if memory for that is short. */
        TABLE_BATCH {
            @Override
            void add(MmuGather gather, DetachedTable table) {
                if (!gather.batchUninvalidated(table)) {
                    gather.callRcu(table);
                }
            }
        };

        abstract void add(MmuGather gather, DetachedTable table);
    }

    /**
     * A strategy without state: one serves any number of gathers.
     *
     * @param queue where tables wait
     */
    public QueueBeforeFlush(Queue queue) {
        this.queue = queue;
    }

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        queue.add(gather, table);
        gather.serveQueues();
    }
}
