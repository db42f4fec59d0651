package dev.shootdown.mm;

/** What is waited for between the flush of an unhooked table and its next use. */
public enum WalkerWait {
    /** Nothing. */
    NOTHING {
        @Override
        void end(MmuGather gather) {
            // Whoever walks, walks on.
        }
    },
    /** An interrupt of every hart: interrupts-off walkers are gone ({@code tlb_remove_table_sync_one}). */
    INTERRUPT {
        @Override
        void end(MmuGather gather) {
            gather.interruptAllHarts();
        }
    },
    /** A grace period: readers are gone. */
    GRACE_PERIOD {
        @Override
        void end(MmuGather gather) {
            gather.synchronizeRcu();
        }
    };

    abstract void end(MmuGather gather);
}
