package dev.shootdown.mm;

import dev.shootdown.pagetable.DetachedTable;

/** Flushes, takes the lock that walkers hold, gives it back and frees. */
public final class LockAndFree implements TableFreeing {
    /** A strategy without state: one serves any number of gathers. */
    public LockAndFree() {}

    @Override
    public void free(MmuGather gather, DetachedTable table) {
        gather.invalidate();
        gather.passLockAndFree(table);
    }
}
