package dev.shootdown.explore;

import java.util.Arrays;

/**
 * x86-TSO: each hart has a buffer of stores that others do not see yet. Its own loads do. A buffer drains one store at a time,
 * oldest first, whenever it likes; fences, volatile stores and read-modify-writes wait until it is empty. One that waits, and turns
 * out to change nothing, is a load.
 */
final class StoreBufferMemory extends SequentialMemory {
    private final Buffer[] buffers;

    /** All stores a hart ever issued in this execution; those from {@code head} on are still in the buffer. */
    private static final class Buffer {
        int[] steps = new int[64];
        int head;
        int tail;

        boolean isEmpty() {
            return head == tail;
        }

        void add(int step) {
            if (tail == steps.length) {
                steps = Arrays.copyOf(steps, 2 * tail);
            }
            steps[tail++] = step;
        }
    }

    StoreBufferMemory(Events events, Pending[] pending, long[] memory) {
        super(events, pending, memory);
        this.buffers = new Buffer[harts];
        Arrays.setAll(buffers, hart -> new Buffer());
    }

    @Override
    int processes() {
        return 2 * harts;
    }

    @Override
    boolean mayBlock(Pending access) {
        return access.awaits() || drains(access.access);
    }

    private static boolean drains(WordAccess access) {
        return access.ordering == WordAccess.Ordering.FULL;
    }

    @Override
    boolean canStep(int hart) {
        Pending next = pending[hart];
        return (!next.awaits() || super.canStep(hart)) && (buffers[hart].isEmpty() || !drains(hart, next));
    }

    private boolean drains(int hart, Pending next) {
        boolean mayKeep = next.access == WordAccess.AWAIT_AND_UPDATE;
        return drains(mayKeep ? next.meeting(visibleTo(hart, next.word)) : next.access);
    }

    @Override
    int buffered(int hart) {
        return buffers[hart].tail - buffers[hart].head;
    }

    @Override
    int drainable() {
        int drainable = 0;
        for (int hart = 0; hart < harts; hart++) {
            if (!buffers[hart].isEmpty()) {
                drainable |= 1 << (harts + hart);
            }
        }
        return drainable;
    }

    @Override
    long visibleTo(int hart, int word) {
        Buffer buffer = buffers[hart];
        for (int index = buffer.tail - 1; index >= buffer.head; index--) {
            int store = buffer.steps[index];
            if (events.word[store] == word) {
                return events.after[store];
            }
        }
        return memory[word];
    }

    @Override
    long step(int process, int choice) {
        if (process >= harts) {
            return drain(process);
        }
        Pending next = pending[process];
        if (next.access.isBuffered()) {
            return issue(process, next);
        }
        forgetRaces();
        boolean drains = drains(process, next);
        int step = events.open(process, next.access, next.word);
        events.before[step] = 0;
        int drained = events.last[harts + process];
        if (drains && drained != Events.NONE) {
            events.order(drained, step);
        }
        if (next.access.touches()) {
            touch(step, process, next);
        }
        events.close(step);
        return events.before[step];
    }

    private long issue(int hart, Pending next) {
        forgetRaces();
        int step = events.open(hart, WordAccess.BUFFER, next.word);
        events.before[step] = 0;
        events.after[step] = next.operand;
        events.close(step);
        buffers[hart].add(step);
        return 0;
    }

    private long drain(int process) {
        Buffer buffer = buffers[process - harts];
        int issued = buffer.steps[buffer.head++];
        int word = events.word[issued];
        forgetRaces();
        int step = events.open(process, WordAccess.DRAIN, word);
        reserve(step);
        events.order(issued, step);
        events.before[step] = memory[word];
        note(process - harts, WordAccess.DRAIN, word);
        orderStore(step, process, word);
        store(step, word, events.after[issued]);
        events.close(step);
        return 0;
    }

    @Override
    void undo(int step) {
        super.undo(step);
        if (events.access[step] == WordAccess.BUFFER) {
            buffers[events.process[step]].tail--;
        } else if (events.access[step] == WordAccess.DRAIN) {
            buffers[events.process[step] - harts].head--;
        }
    }

    @Override
    int pendingWord(int process) {
        return process < harts ? super.pendingWord(process) : events.word[oldest(process)];
    }

    @Override
    WordAccess pendingAccess(int process) {
        if (process >= harts) {
            return WordAccess.DRAIN;
        }
        WordAccess access = super.pendingAccess(process);
        return access.isBuffered() ? WordAccess.BUFFER : access;
    }

    private int oldest(int process) {
        Buffer buffer = buffers[process - harts];
        return buffer.steps[buffer.head];
    }
}
