package dev.shootdown.explore;

import java.util.Arrays;

/**
 * The steps of the execution under way, with what happened before what.
 *
 * <p>One step happens before another if it is the same process's and earlier, if the two conflict and it is earlier, or if
 * there is a chain of such. Grows as needed; used again for every execution.
 */
final class Trace {
    private final int processes;
    private final int harts;
    private final VectorClock[] now;
    private int[] process = new int[256];
    private int[] ordinal = new int[256];
    private long[] offset = new long[256];
    private Access[] access = new Access[256];
    private VectorClock[] clock = new VectorClock[256];
    private final int[] stepsOf;
    private int length;

    Trace(int processes, int harts) {
        this.processes = processes;
        this.harts = harts;
        this.now = new VectorClock[processes];
        Arrays.setAll(now, each -> new VectorClock(processes));
        this.stepsOf = new int[processes];
    }

    void clear() {
        length = 0;
        Arrays.fill(stepsOf, 0);
        for (VectorClock each : now) {
            each.clear();
        }
    }

    int length() {
        return length;
    }

    int process(int step) {
        return process[step];
    }

    long offset(int step) {
        return offset[step];
    }

    Access access(int step) {
        return access[step];
    }

    /** Whether step {@code earlier} happened before step {@code later}. */
    boolean happensBefore(int earlier, int later) {
        return clock[later].includes(process[earlier], ordinal[earlier]);
    }

    /**
     * Whether a step conflicts with an access by a process.
     *
     * <p>A hart and its own store buffer do not: a load sees the hart's youngest store, in the buffer or in memory, and what
     * must not overtake a store waits until the buffer is empty.
     */
    boolean conflicts(int step, int by, Access with, long at) {
        boolean sameHart = process[step] % harts == by % harts;
        return !sameHart && Access.conflict(access[step], offset[step], with, at);
    }

    /** Makes all that {@code clock} stands for happen before what a process does next. */
    void join(int target, VectorClock clock) {
        now[target].join(clock);
    }

    /** A copy of what happened before what a process does next. */
    VectorClock clockOf(int of) {
        VectorClock copy = new VectorClock(processes);
        copy.copyFrom(now[of]);
        return copy;
    }

    /** Makes what {@code source} did happen before what {@code target} does next. */
    void order(int source, int target) {
        now[target].join(now[source]);
    }

    /** Adds a step and joins the clocks of the earlier steps that it conflicts with. */
    void add(int by, Access how, long at) {
        if (length == process.length) {
            grow();
        }
        VectorClock mine = now[by];
        for (int step = 0; step < length; step++) {
            if (conflicts(step, by, how, at)) {
                mine.join(clock[step]);
            }
        }
        process[length] = by;
        ordinal[length] = ++stepsOf[by];
        mine.set(by, stepsOf[by]);
        offset[length] = at;
        access[length] = how;
        VectorClock stamp = clock[length];
        if (stamp == null) {
            stamp = new VectorClock(processes);
            clock[length] = stamp;
        }
        stamp.copyFrom(mine);
        length++;
    }

    private void grow() {
        int larger = 2 * process.length;
        process = Arrays.copyOf(process, larger);
        ordinal = Arrays.copyOf(ordinal, larger);
        offset = Arrays.copyOf(offset, larger);
        access = Arrays.copyOf(access, larger);
        clock = Arrays.copyOf(clock, larger);
    }
}
