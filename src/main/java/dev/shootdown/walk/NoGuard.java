package dev.shootdown.walk;

import dev.shootdown.pagetable.EntryReader;

/** The section is all. */
enum NoGuard implements TableGuard {
    INSTANCE;

    @Override
    public void begin() {}

    @Override
    public boolean admit(long table, int level, EntryReader reader, long parentOffset, long parent) {
        return true;
    }

    @Override
    public void end() {}

    @Override
    public boolean wroteFreedTable() {
        return false;
    }
}
