package dev.shootdown.walk;

import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.TableLock;

/** The tables' lock, from before the first entry or from before the pte table, until the walk is over. */
final class LockGuard implements TableGuard {
    private static final int PTE_TABLE = 0;

    private final TableLock lock;
    private long locked;
    private boolean holding;
    private boolean wroteFreedTable;

    LockGuard(TableLock lock) {
        this.lock = lock;
    }

    @Override
    public void begin() {
        holding = false;
        wroteFreedTable = false;
        switch (lock.placement()) {
            case ADDRESS_SPACE -> take(PhysicalMemory.NO_FRAME);
            case ADDRESS_SPACE_ENTRY_BEFORE, ADDRESS_SPACE_FREER_ONLY, OWN_DESCRIPTOR -> {}
        }
    }

    @Override
    public boolean admit(long table, int level, EntryReader reader, long parentOffset, long parent) {
        if (level != PTE_TABLE) {
            return true;
        }
        return switch (lock.placement()) {
            case ADDRESS_SPACE, ADDRESS_SPACE_FREER_ONLY -> true;
            case ADDRESS_SPACE_ENTRY_BEFORE -> take(table);
            case OWN_DESCRIPTOR -> take(table) && reader.load(parentOffset, level + 1) == parent;
        };
    }

    private boolean take(long table) {
        holding = lock.lock(table);
        wroteFreedTable = !holding;
        locked = table;
        return holding;
    }

    @Override
    public void end() {
        if (holding) {
            lock.unlock(locked);
            holding = false;
        }
    }

    @Override
    public boolean wroteFreedTable() {
        return wroteFreedTable;
    }
}
