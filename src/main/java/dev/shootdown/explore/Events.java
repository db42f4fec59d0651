package dev.shootdown.explore;

import java.util.Arrays;

/**
 * The steps of the execution under way, with what happened before what.
 *
 * <p>An execution that begins as the one before it did keeps those steps: they are replayed, that is, their results are
 * handed out again while the harts run up to the point where something new begins. What happened before a step is a vector
 * clock, a count for each process; which steps are ordered is the memory system's business.
 *
 * <p>Columns rather than objects: this is the explorer's inner loop.
 */
final class Events {
    static final int NONE = -1;

    private final int processes;
    private int capacity = 256;
    int[] process = new int[capacity];
    int[] ordinal = new int[capacity];
    int[] word = new int[capacity];
    WordAccess[] access = new WordAccess[capacity];
    /** What a load returned, or a store overwrote. */
    long[] before = new long[capacity];
    /** What the word holds afterwards. */
    long[] after = new long[capacity];
    /** The earlier step of the same process. */
    int[] previous = new int[capacity];
    /** Who could have stepped instead, a bit a process. */
    int[] enabled = new int[capacity];
    /** In which of several ways it stepped, 0 where there is only one. */
    int[] choice = new int[capacity];

    /** Whether it met what it must not. */
    private boolean[] forbidden = new boolean[capacity];

    private int[] clock;
    /** The last step of each process. */
    final int[] last;

    private int firstForbidden = NONE;
    private int length;
    private int kept;

    Events(int processes) {
        this.processes = processes;
        this.clock = new int[capacity * processes];
        this.last = new int[processes];
        Arrays.fill(last, NONE);
    }

    /** Steps of this execution so far, replayed ones included. */
    int length() {
        return length;
    }

    /** Whether the next step is one that the last execution had too. */
    boolean isReplaying() {
        return length < kept;
    }

    /** The next step happens as it did before. */
    int replay() {
        return length++;
    }

    /** Starts over; the first {@code steps} steps are to be replayed. Those after have been taken back. */
    void restart(int steps) {
        kept = steps;
        length = 0;
        if (firstForbidden >= steps) {
            firstForbidden = NONE;
        }
    }

    /** Forgets the last step {@code step}: only after all later ones. */
    void takeBack(int step) {
        last[process[step]] = previous[step];
    }

    /** Notes a decision: the process of the next step and what else was possible. */
    void decide(int able, int way) {
        if (length == capacity) {
            grow();
        }
        enabled[length] = able;
        choice[length] = way;
    }

    /** Begins a new step: nothing but what its process knew happens before it, so far. */
    int open(int by, WordAccess how, int at) {
        int step = length;
        int lastOwn = last[by];
        process[step] = by;
        previous[step] = lastOwn;
        ordinal[step] = lastOwn == NONE ? 1 : ordinal[lastOwn] + 1;
        access[step] = how;
        word[step] = at;
        int row = step * processes;
        if (lastOwn == NONE) {
            Arrays.fill(clock, row, row + processes, 0);
        } else {
            System.arraycopy(clock, lastOwn * processes, clock, row, processes);
        }
        return step;
    }

    /** The step has happened. */
    void close(int step) {
        int by = process[step];
        clock[step * processes + by] = ordinal[step];
        last[by] = step;
        length = step + 1;
    }

    /** Notes whether the latest step met what it must not. */
    void judge(int step, boolean isForbidden) {
        forbidden[step] = isForbidden;
        if (isForbidden && firstForbidden == NONE) {
            firstForbidden = step;
        }
    }

    /** The first step that met what it must not, or {@link #NONE}. */
    int firstForbidden() {
        return firstForbidden;
    }

    boolean hasMetForbidden() {
        return firstForbidden != NONE;
    }

    /** The processes that met what they must not, a bit each. */
    int whoMetForbidden() {
        int met = 0;
        for (int step = length - 1; step >= 0; step--) {
            met |= forbidden[step] ? 1 << process[step] : 0;
        }
        return met;
    }

    /** Makes {@code earlier}, and what happened before it, happen before {@code later}. */
    void order(int earlier, int later) {
        int from = earlier * processes;
        int to = later * processes;
        for (int index = 0; index < processes; index++) {
            clock[to + index] = Math.max(clock[to + index], clock[from + index]);
        }
    }

    /** Whether step {@code earlier} happened before step {@code later}, as far as is known by now. */
    boolean isOrdered(int earlier, int later) {
        return clock[later * processes + process[earlier]] >= ordinal[earlier];
    }

    /** How many steps of process {@code of} happened before {@code step}. */
    int known(int step, int of) {
        return clock[step * processes + of];
    }

    /** Whether letting {@code next} make step {@code step} leaves a hart that could have gone on. */
    int preempts(int step, int next, int harts) {
        int running = step == 0 ? next : process[step - 1] % harts;
        return next < harts && next != running && (enabled[step] >> running & 1) != 0 ? 1 : 0;
    }

    private void grow() {
        capacity *= 2;
        process = Arrays.copyOf(process, capacity);
        ordinal = Arrays.copyOf(ordinal, capacity);
        word = Arrays.copyOf(word, capacity);
        access = Arrays.copyOf(access, capacity);
        before = Arrays.copyOf(before, capacity);
        after = Arrays.copyOf(after, capacity);
        previous = Arrays.copyOf(previous, capacity);
        enabled = Arrays.copyOf(enabled, capacity);
        choice = Arrays.copyOf(choice, capacity);
        forbidden = Arrays.copyOf(forbidden, capacity);
        clock = Arrays.copyOf(clock, capacity * processes);
    }
}
