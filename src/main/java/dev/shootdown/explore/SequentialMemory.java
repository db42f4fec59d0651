package dev.shootdown.explore;

import java.util.Arrays;

/**
 * Sequential consistency: a step sees and changes memory at once. Two steps of different harts are ordered if they touch one
 * word and one of them stores.
 */
class SequentialMemory extends MemorySystem {
    private static final int NONE = Events.NONE;

    private final int[] lastStore;
    private final int[] lastLoad;
    /** Of a step that stores: the store to its word before it; of one that loads: the same hart's load before it. */
    private int[] storeBefore = new int[256];

    private int[] loadBefore = new int[256];

    SequentialMemory(Events events, Pending[] pending, long[] memory) {
        super(events, pending, memory);
        this.lastStore = new int[memory.length];
        this.lastLoad = new int[memory.length * harts];
        Arrays.fill(lastStore, NONE);
        Arrays.fill(lastLoad, NONE);
    }

    @Override
    int processes() {
        return harts;
    }

    @Override
    boolean mayBlock(Pending access) {
        return access.awaits();
    }

    @Override
    boolean canStep(int hart) {
        return pending[hart].isSatisfiedBy(visibleTo(hart, pending[hart].word));
    }

    @Override
    long step(int process, int choice) {
        Pending next = pending[process];
        forgetRaces();
        int step = events.open(process, next.access, next.word);
        events.before[step] = 0;
        if (next.access.touches()) {
            touch(step, process, next);
        }
        events.close(step);
        return events.before[step];
    }

    /** The pending access of a hart meets memory. */
    final void touch(int step, int hart, Pending next) {
        reserve(step);
        int word = next.word;
        long before = visibleTo(hart, word);
        events.before[step] = before;
        events.after[step] = before;
        note(hart, next.access, word);
        events.access[step] = next.meeting(before);
        order(step, hart, next);
        if (events.access[step].stores) {
            store(step, word, next.stored(before));
        }
        noteLoad(step, hart, word);
    }

    private void order(int step, int hart, Pending next) {
        if (next.awaits()) {
            orderWait(step, hart, next);
        }
        if (events.access[step].stores) {
            orderStore(step, hart, next.word);
        } else if (!next.awaits()) {
            orderLoad(step, hart, next.word);
        }
    }

    private void noteLoad(int step, int hart, int word) {
        if (events.access[step].loads) {
            loadBefore[step] = lastLoad[word * harts + hart];
            lastLoad[word * harts + hart] = step;
        }
    }

    final void store(int step, int word, long value) {
        events.after[step] = value;
        storeBefore[step] = lastStore[word];
        lastStore[word] = step;
        memory[word] = value;
    }

    final void reserve(int step) {
        if (step >= storeBefore.length) {
            storeBefore = Arrays.copyOf(storeBefore, 2 * step);
            loadBefore = Arrays.copyOf(loadBefore, 2 * step);
        }
    }

    private void orderLoad(int step, int hart, int word) {
        int store = lastStore[word];
        // What a hart stored itself it sees wherever the store is by now, in its buffer or in memory.
        if (store != NONE && !sameHart(events.process[store], hart)) {
            orderAfter(store, step);
        }
    }

    private void orderAfter(int earlier, int step) {
        if (!events.isOrdered(earlier, step)) {
            addRace(earlier);
            events.order(earlier, step);
        }
    }

    /** Orders a store after all loads of its word and the last store, latest first, so that only adjacent ones race. */
    final void orderStore(int step, int process, int word) {
        int bound = Integer.MAX_VALUE;
        for (int next = latestConflict(process, word, bound);
                next != NONE;
                next = latestConflict(process, word, bound)) {
            orderAfter(next, step);
            bound = next;
        }
    }

    private int latestConflict(int process, int word, int bound) {
        int hart = process % harts;
        int latest = NONE;
        int store = lastStore[word];
        if (store != NONE && store < bound && !sameHart(events.process[store], process)) {
            latest = store;
        }
        for (int other = 0; other < harts; other++) {
            int load = lastLoad[word * harts + other];
            if (other != hart && load > latest && load < bound) {
                latest = load;
            }
        }
        return latest;
    }

    /**
     * Orders the end of a wait after the stores to its word. It may have ended before any of those that its own hart does not
     * know of, if what that one overwrote would have ended it too.
     */
    private void orderWait(int step, int hart, Pending next) {
        boolean own = false;
        int latest = NONE;
        for (int store = lastStore[next.word]; store != NONE; store = storeBefore[store]) {
            if (sameHart(events.process[store], hart)) {
                own = true;
            } else if (events.isOrdered(store, step)) {
                break;
            } else {
                latest = Math.max(latest, store);
                if (own || next.isSatisfiedBy(events.before[store])) {
                    addRace(store);
                }
            }
        }
        if (latest != NONE) {
            events.order(latest, step);
        }
    }

    @Override
    void undo(int step) {
        WordAccess access = events.access[step];
        int word = events.word[step];
        if (access.loads) {
            lastLoad[word * harts + events.process[step]] = loadBefore[step];
        }
        if (access.stores) {
            lastStore[word] = storeBefore[step];
            memory[word] = events.before[step];
        }
    }

    @Override
    boolean staysAsleep(int process, int step) {
        return sameHart(process, events.process[step])
                || pendingWord(process) != events.word[step]
                || !pendingAccess(process).conflictsWith(events.access[step]);
    }

    int pendingWord(int process) {
        return pending[process].word;
    }

    WordAccess pendingAccess(int process) {
        return pending[process].access;
    }
}
