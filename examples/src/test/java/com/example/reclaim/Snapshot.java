package com.example.reclaim;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.rcu.RcuReadLock;
import dev.shootdown.riscv.SatpMode;

/**
 * An off-heap value that is replaced as a whole: each version is a block of its own, and readers follow one shared word to the
 * current one. No page tables in here: only a machine for its memory, its harts as threads, and RCU for the epochs.
 */
final class Snapshot {
    private static final String CURRENT = "snapshot-current";
    private static final int OWNER = 1;

    private final Words words;
    private final PhysicalMemory memory;
    private final Rcu rcu;
    private final long current;
    private final int wordsInBlock;
    private final Reclamation reclamation;

    Snapshot(Machine machine, Reclamation reclamation) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.rcu = new Rcu(machine);
        this.current = machine.region(CURRENT);
        this.wordsInBlock = machine.spec().shape().entries();
        this.reclamation = reclamation;
        words.setVolatile(current, blockOf(0));
    }

    /** Two harts, and freed blocks that are handed out again at once. */
    static Machine machine() {
        return Machine.boot(Rcu.addRegion(MachineSpec.of(SatpMode.SV39))
                .withRegion(CURRENT, 1)
                .withAllocator(AllocatorMode.RECYCLE));
    }

    /** When the block of an old version is given back. */
    enum Reclamation {
        /** When every reader that may be in it has left. */
        AFTER_A_GRACE_PERIOD,
        /** Without waiting: a mistake. */
        AT_ONCE
    }

    private long blockOf(long version) {
        long block = memory.allocate(FrameKind.KERNEL, OWNER);
        memory.fill(block, version);
        return block;
    }

    /** Whether all words of the current version are of one version. */
    boolean isWhole(Hart reader) {
        try (RcuReadLock section = rcu.readLock(reader)) {
            section.requireHeld();
            // Acquire: pairs with replace's exchange; who sees the block sees its contents.
            long offset = memory.offsetOfFrame(words.getAcquire(current));
            long version = words.getOpaque(offset);
            boolean whole = true;
            for (int word = 1; word < wordsInBlock; word++) {
                whole &= words.getOpaque(offset + (long) word * Long.BYTES) == version;
            }
            return whole;
        }
    }

    void replace(Hart writer, long version) {
        long old = words.getAndSet(current, blockOf(version));
        if (reclamation == Reclamation.AFTER_A_GRACE_PERIOD) {
            rcu.synchronize(writer);
        }
        memory.free(old);
    }
}
