package dev.shootdown.explore;

import dev.shootdown.memory.Words;
import java.util.Arrays;

/**
 * Words whose every access is a step that the scheduler grants.
 *
 * <p>Outside an execution (while a machine is built) accesses take effect at once. Under {@link MemorySystem#TSO} a store goes
 * into its hart's buffer, which is no step yet; it becomes one when the buffer drains.
 */
final class ExploredWords implements Words {
    private final long[] memory;
    private final long[] template;
    private final StoreBuffer[] buffers;
    private final MemorySystem system;
    private final Scheduler scheduler;
    private final Trace trace;
    private final AccessObserver observer;

    /** Whether stores are visible at once. */
    enum MemorySystem {
        SC,
        TSO
    }

    /** Looks at every load of a hart, with the value that it returned. */
    @FunctionalInterface
    interface AccessObserver {
        void loaded(int hart, long offset);
    }

    ExploredWords(
            long bytes, int harts, MemorySystem system, Scheduler scheduler, Trace trace, AccessObserver observer) {
        this.memory = new long[(int) (bytes / Long.BYTES)];
        this.template = new long[memory.length];
        this.buffers = new StoreBuffer[harts];
        Arrays.setAll(buffers, hart -> new StoreBuffer());
        this.system = system;
        this.scheduler = scheduler;
        this.trace = trace;
        this.observer = observer;
    }

    /** Makes what the words hold now the state in which every execution begins. */
    void keepAsTemplate() {
        System.arraycopy(memory, 0, template, 0, memory.length);
    }

    /** Sets every word back. */
    void reset() {
        System.arraycopy(template, 0, memory, 0, memory.length);
        for (StoreBuffer buffer : buffers) {
            buffer.clear();
        }
    }

    /** The word in memory: what an observer that is no hart sees. */
    long peek(long offset) {
        return memory[index(offset)];
    }

    /** What a hart would load now. */
    long visibleTo(int hart, long offset) {
        StoreBuffer buffer = buffers[hart];
        return !buffer.isEmpty() && buffer.contains(offset) ? buffer.youngest(offset) : memory[index(offset)];
    }

    StoreBuffer buffer(int hart) {
        return buffers[hart];
    }

    /** The step of a store buffer: its oldest store reaches memory. */
    void drain(int hart, int process) {
        StoreBuffer buffer = buffers[hart];
        long offset = buffer.headOffset();
        trace.join(process, buffer.headClock());
        trace.add(process, Access.WRITE, offset);
        memory[index(offset)] = buffer.drain();
    }

    private long load(long offset) {
        if (!scheduler.isExecuting()) {
            return memory[index(offset)];
        }
        int hart = scheduler.hart();
        scheduler.pending(hart).set(Access.READ, offset);
        scheduler.step(hart);
        return granted(hart, offset);
    }

    private long granted(int hart, long offset) {
        trace.add(hart, Access.READ, offset);
        observer.loaded(hart, offset);
        return visibleTo(hart, offset);
    }

    private void store(long offset, long value) {
        if (!scheduler.isExecuting()) {
            memory[index(offset)] = value;
        } else if (system == MemorySystem.TSO) {
            int hart = scheduler.hart();
            buffers[hart].add(offset, value, trace.clockOf(hart));
        } else {
            int hart = scheduler.hart();
            scheduler.pending(hart).set(Access.WRITE, offset);
            scheduler.step(hart);
            trace.add(hart, Access.WRITE, offset);
            memory[index(offset)] = value;
        }
    }

    /** Waits for its turn to do a read-modify-write, which finds the hart's buffer empty. */
    private void exclusive(long offset) {
        if (scheduler.isExecuting()) {
            int hart = scheduler.hart();
            scheduler.pending(hart).setDraining(Access.WRITE, offset);
            scheduler.step(hart);
            orderAfterBuffer(hart);
            trace.add(hart, Access.WRITE, offset);
        }
    }

    /** What the hart's buffer did happened before what the hart does now that it has found it empty. */
    private void orderAfterBuffer(int hart) {
        if (system == MemorySystem.TSO) {
            trace.order(buffers.length + hart, hart);
        }
    }

    private int index(long offset) {
        return (int) (offset >> 3);
    }

    @Override
    public long get(long offset) {
        return load(offset);
    }

    @Override
    public void set(long offset, long value) {
        store(offset, value);
    }

    @Override
    public long getOpaque(long offset) {
        return load(offset);
    }

    @Override
    public void setOpaque(long offset, long value) {
        store(offset, value);
    }

    @Override
    public long getAcquire(long offset) {
        return load(offset);
    }

    @Override
    public void setRelease(long offset, long value) {
        store(offset, value);
    }

    @Override
    public long getVolatile(long offset) {
        return load(offset);
    }

    @Override
    public void setVolatile(long offset, long value) {
        exclusive(offset);
        memory[index(offset)] = value;
    }

    @Override
    public boolean compareAndSet(long offset, long expected, long value) {
        exclusive(offset);
        if (memory[index(offset)] != expected) {
            return false;
        }
        memory[index(offset)] = value;
        return true;
    }

    @Override
    public long getAndSet(long offset, long value) {
        exclusive(offset);
        long before = memory[index(offset)];
        memory[index(offset)] = value;
        return before;
    }

    @Override
    public long getAndAdd(long offset, long delta) {
        exclusive(offset);
        long before = memory[index(offset)];
        memory[index(offset)] = before + delta;
        return before;
    }

    @Override
    public long getAndBitwiseOr(long offset, long mask) {
        exclusive(offset);
        long before = memory[index(offset)];
        memory[index(offset)] = before | mask;
        return before;
    }

    @Override
    public long getAndBitwiseAnd(long offset, long mask) {
        exclusive(offset);
        long before = memory[index(offset)];
        memory[index(offset)] = before & mask;
        return before;
    }

    @Override
    public void fullFence() {
        if (scheduler.isExecuting() && system == MemorySystem.TSO) {
            int hart = scheduler.hart();
            scheduler.pending(hart).setDraining(Access.LOCAL, 0);
            scheduler.step(hart);
            orderAfterBuffer(hart);
            trace.add(hart, Access.LOCAL, 0);
        }
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        if (!scheduler.isExecuting()) {
            return memory[index(offset)];
        }
        int hart = scheduler.hart();
        scheduler.pending(hart).setAwait(offset, condition, operand);
        scheduler.step(hart);
        return granted(hart, offset);
    }
}
