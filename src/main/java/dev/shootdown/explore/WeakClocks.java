package dev.shootdown.explore;

import java.util.Arrays;

/**
 * What happens before what under the weak model: program order, and from a release to the acquire that read it. Four vector
 * clocks a step.
 */
final class WeakClocks {
    private final Events events;
    private final int harts;
    private int capacity = 256;
    /** What happened before a step, itself included. */
    private int[] known;
    /** What loads without acquire have seen, which a later fence will make known. */
    private int[] seen;
    /** What was known at the last fence, which stores without release pass on. */
    private int[] fenced;
    /** Of a store: what becomes known to an acquire that reads it. */
    private int[] passedOn;

    WeakClocks(Events events, int harts) {
        this.events = events;
        this.harts = harts;
        this.known = new int[capacity * harts];
        this.seen = new int[capacity * harts];
        this.fenced = new int[capacity * harts];
        this.passedOn = new int[capacity * harts];
    }

    /** Begins a step with what its hart knew before. */
    void open(int step) {
        if (step == capacity) {
            capacity *= 2;
            known = Arrays.copyOf(known, capacity * harts);
            seen = Arrays.copyOf(seen, capacity * harts);
            fenced = Arrays.copyOf(fenced, capacity * harts);
            passedOn = Arrays.copyOf(passedOn, capacity * harts);
        }
        int before = events.previous[step];
        copy(known, before, step);
        copy(seen, before, step);
        copy(fenced, before, step);
        Arrays.fill(passedOn, step * harts, (step + 1) * harts, 0);
        known[step * harts + events.process[step]] = events.ordinal[step];
    }

    private void copy(int[] clocks, int from, int to) {
        if (from == Events.NONE) {
            Arrays.fill(clocks, to * harts, (to + 1) * harts, 0);
        } else {
            System.arraycopy(clocks, from * harts, clocks, to * harts, harts);
        }
    }

    private void join(int[] from, int source, int[] to, int target) {
        for (int hart = 0; hart < harts; hart++) {
            int index = target * harts + hart;
            to[index] = Math.max(to[index], from[source * harts + hart]);
        }
    }

    /** A fence before the step's access: what earlier loads saw is known. */
    void fenceBefore(int step) {
        join(seen, step, known, step);
    }

    /** A fence after the step's access: later stores pass on what is known now. */
    void fenceAfter(int step) {
        copyRow(known, fenced, step);
    }

    private void copyRow(int[] from, int[] to, int step) {
        System.arraycopy(from, step * harts, to, step * harts, harts);
    }

    void acquire(int step, int store) {
        join(passedOn, store, known, step);
    }

    void see(int step, int store) {
        join(passedOn, store, seen, step);
    }

    /** A store that passes on all that is known. */
    void release(int step) {
        copyRow(known, passedOn, step);
    }

    /** A store that passes on what was known at the last fence. */
    void relax(int step) {
        copyRow(fenced, passedOn, step);
    }

    /** Whether {@code step} is known to a hart now. */
    boolean knows(int hart, int step) {
        int last = events.last[hart];
        return last != Events.NONE && known[last * harts + events.process[step]] >= events.ordinal[step];
    }

    /** How many steps of {@code of} happened before {@code step}. */
    int known(int step, int of) {
        return known[step * harts + of];
    }

    /** Adds what a hart knows now to a clock. */
    void joinKnown(int hart, int[] clock) {
        joinRow(known, events.last[hart], clock);
    }

    /** Adds what a fence would make known to a hart now to a clock. */
    void joinSeen(int hart, int[] clock) {
        joinRow(seen, events.last[hart], clock);
    }

    /** Adds what was known to a step to a clock. */
    void joinKnownAt(int step, int[] clock) {
        joinRow(known, step, clock);
    }

    private void joinRow(int[] from, int step, int[] clock) {
        if (step != Events.NONE) {
            for (int hart = 0; hart < harts; hart++) {
                clock[hart] = Math.max(clock[hart], from[step * harts + hart]);
            }
        }
    }
}
