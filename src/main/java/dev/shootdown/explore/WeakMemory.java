package dev.shootdown.explore;

import java.util.Arrays;

/**
 * The model of the access modes as they are written (RC11-like: Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017): each word has a
 * history, a load may read any message of it that its hart cannot know to be overwritten, a store may come before others that
 * its hart does not know of, and only releases, acquires and full barriers make one hart's steps known to another.
 *
 * <p>A step happens, as far as this search is concerned, after the steps of its own hart and, if it loads, after the store it
 * read. So executions are run up to which load read which store, and where each store came in its word's history; of two
 * steps that can be exchanged without changing that, both orders are the same execution.
 *
 * <p>Where it differs from RISC-V's RVWMO: it has no load buffering (no load is done after a store that follows it in its hart); and stores need
 * not reach all harts at once, so that two harts may disagree on the order of independent stores although their loads are acquires (IRIW),
 * or, with releases, two stores each may end up in opposite orders (2+2W). Besides, a dependency orders nothing; acquire does.
 */
final class WeakMemory extends MemorySystem {
    private final Histories histories;
    private final WeakClocks clocks;
    private final FenceOrder fences;
    private int[] message = new int[16];
    private long[] id = new long[16];
    private int count;
    /** Of a store: the message that it came after. */
    private long[] after = new long[256];

    private boolean[] stale = new boolean[256];

    private final EndedWaits waits = new EndedWaits();
    /** Whether the order of barriers refused the access last asked about a message. */
    private boolean refused;

    WeakMemory(Events events, Pending[] pending, long[] memory) {
        super(events, pending, memory);
        this.histories = new Histories(events, memory);
        this.clocks = new WeakClocks(events, harts);
        this.fences = new FenceOrder(events, clocks, histories, harts);
    }

    @Override
    int processes() {
        return harts;
    }

    @Override
    boolean mayBlock(Pending access) {
        return access.awaits();
    }

    /** A wait could be over before the message that it met is taken by somebody else: two steps, the second of which may fail. */
    @Override
    WaitingUpdate waitingUpdate() {
        return WaitingUpdate.IN_TWO_STEPS;
    }

    @Override
    boolean canStep(int hart) {
        return choices(hart) > 0;
    }

    @Override
    boolean hasChoices() {
        return true;
    }

    @Override
    int choices(int hart) {
        Pending next = pending[hart];
        count = 0;
        refused = false;
        if (!next.access.touches()) {
            addChoice(0, 0);
            return count;
        }
        int oldest = oldestVisible(hart, next.word);
        int latest = histories.latest(next.word);
        for (int candidate = latest; candidate >= oldest; candidate--) {
            if (isPossible(next, candidate) && isInOrder(hart, next, candidate)) {
                addChoice(candidate, idOf(next.word, candidate));
            }
        }
        return count;
    }

    private boolean isInOrder(int hart, Pending next, int candidate) {
        boolean inOrder = candidate == histories.latest(next.word)
                || fences.allows(hart, effective(next, candidate), next.word, candidate);
        refused |= !inOrder;
        return inOrder;
    }

    private void addChoice(int candidate, long candidateId) {
        if (count == message.length) {
            message = Arrays.copyOf(message, 2 * count);
            id = Arrays.copyOf(id, 2 * count);
        }
        message[count] = candidate;
        id[count++] = candidateId;
    }

    /** The oldest message that a hart can still load: the latest that it knows of, or that somebody it knows of has read. */
    private int oldestVisible(int hart, int word) {
        int oldest = 0;
        for (int candidate = histories.latest(word); candidate > 0 && oldest == 0; candidate--) {
            if (clocks.knows(hart, histories.store(word, candidate))) {
                oldest = candidate;
            }
        }
        if (oldest == histories.latest(word)) {
            return oldest;
        }
        for (int index = 0; index < histories.loads(word); index++) {
            int load = histories.load(word, index);
            if (clocks.knows(hart, load)) {
                oldest = Math.max(oldest, histories.message(word, histories.source(load)));
            }
        }
        return oldest;
    }

    /** What the access turns out to be on this message. */
    private WordAccess effective(Pending next, int candidate) {
        return next.meeting(histories.value(next.word, candidate));
    }

    private boolean isPossible(Pending next, int candidate) {
        if (next.awaits()) {
            return next.isSatisfiedBy(histories.value(next.word, candidate));
        }
        return !effective(next, candidate).stores || !histories.isTaken(next.word, candidate);
    }

    @Override
    long choiceId(int choice) {
        return id[choice];
    }

    private long idOf(int word, int candidate) {
        int store = histories.store(word, candidate);
        return store == Histories.INITIAL ? 0 : idOf(store);
    }

    private long idOf(int store) {
        return (events.process[store] + 1L) << 32 | events.ordinal[store];
    }

    // ---- Steps.

    @Override
    long step(int hart, int choice) {
        choices(hart);
        int on = message[choice];
        Pending next = pending[hart];
        forgetRaces();
        int step = events.open(hart, next.access, next.word);
        reserve(step);
        clocks.open(step);
        fences.add(hart, step);
        events.before[step] = 0;
        if (next.access.touches()) {
            events.access[step] = effective(next, on);
            touch(step, hart, next, on);
        } else if (next.access.ordering == WordAccess.Ordering.FULL) {
            clocks.fenceBefore(step);
            clocks.fenceAfter(step);
        }
        events.close(step);
        return events.before[step];
    }

    private void touch(int step, int hart, Pending next, int on) {
        WordAccess access = events.access[step];
        int word = next.word;
        note(hart, next.access, word);
        stale[step] = on != histories.latest(word);
        long before = histories.value(word, on);
        events.before[step] = before;
        events.after[step] = before;
        int source = histories.store(word, on);
        addRaces(step, next, source);
        if (refused) {
            addRacesOfWaits(step);
        }
        if (access.ordering == WordAccess.Ordering.FULL) {
            clocks.fenceBefore(step);
        }
        if (access.loads) {
            load(step, word, source);
        }
        if (access == WordAccess.AWAIT) {
            waits.add(step);
        }
        if (access.stores) {
            after[step] = idOf(word, on);
            store(step, word, on, next.stored(before));
        }
        if (access.ordering == WordAccess.Ordering.FULL) {
            clocks.fenceAfter(step);
        }
    }

    private void load(int step, int word, int source) {
        histories.addLoad(word, step, source);
        if (source != Histories.INITIAL) {
            events.order(source, step);
            if (events.access[step].ordering == WordAccess.Ordering.NONE) {
                clocks.see(step, source);
            } else {
                clocks.acquire(step, source);
            }
        }
    }

    private void store(int step, int word, int on, long value) {
        events.after[step] = value;
        histories.addStore(word, step, on);
        if (events.access[step].ordering == WordAccess.Ordering.NONE) {
            clocks.relax(step);
        } else {
            clocks.release(step);
        }
        memory[word] = histories.value(word, histories.latest(word));
    }

    private void addRaces(int step, Pending next, int source) {
        WordAccess access = events.access[step];
        if (access.stores) {
            addRacesOfStore(step, access.loads ? source : Histories.INITIAL);
        } else if (next.access.stores && source != Histories.INITIAL) {
            addRaceOfFailure(step, source, next.expected);
        }
    }

    /** A load that does not happen before this store could have read it, had the store come first. */
    private void addRacesOfStore(int step, int source) {
        int word = events.word[step];
        for (int index = 0; index < histories.loads(word); index++) {
            int load = histories.load(word, index);
            boolean adjacent = source == Histories.INITIAL || load == source || !events.isOrdered(load, source);
            if (adjacent && !events.isOrdered(load, step)) {
                addRace(load);
            }
        }
    }

    /**
     * This step was refused a message, because somebody's wait has met an old message of its word: both together would contradict the
     * order of barriers. Had this step come first, it could have had that message; and the wait would have been refused the old one,
     * perhaps for ever. So the two race, whatever this step loads now.
     */
    private void addRacesOfWaits(int step) {
        for (int index = 0; index < waits.count(); index++) {
            int wait = waits.step(index);
            if (!sameHart(events.process[wait], events.process[step]) && !events.isOrdered(wait, step)) {
                addRace(wait);
            }
        }
    }

    /** A compare-and-set that failed on what a read-modify-write left might have succeeded on what that one found. */
    private void addRaceOfFailure(int step, int source, long expected) {
        if (events.access[source].loads && events.before[source] == expected && !events.isOrdered(source, step)) {
            addRace(source);
        }
    }

    @Override
    void undo(int step) {
        fences.removeLast(events.process[step]);
        WordAccess access = events.access[step];
        int word = events.word[step];
        if (access == WordAccess.AWAIT) {
            waits.removeLast();
        }
        if (access.loads) {
            histories.removeLoad(word);
        }
        if (access.stores) {
            histories.removeStore(word, step);
            memory[word] = histories.value(word, histories.latest(word));
        }
    }

    @Override
    boolean staysAsleep(int process, int step) {
        return true;
    }

    @Override
    long met(int step) {
        int store = histories.source(step);
        return store == Histories.INITIAL ? 0 : idOf(store);
    }

    @Override
    long change(int step) {
        int word = events.word[step];
        return States.mix(word, order(word, step)) ^ States.mix(word, order(word, Events.NONE));
    }

    /** The order of a word's stores, but for one. */
    private long order(int word, int except) {
        long order = 0;
        for (int candidate = 1; candidate <= histories.latest(word); candidate++) {
            int store = histories.store(word, candidate);
            order = store == except ? order : States.mix(order, idOf(store));
        }
        return order;
    }

    /** A store that could come after a message could also come after another store that came there first. */
    @Override
    long impliedBy(int process, long choiceId, int step) {
        Pending sleeping = pending[process];
        boolean implied = events.access[step].stores
                && sleeping.access.stores
                && !sleeping.access.loads
                && sleeping.word == events.word[step]
                && after[step] == choiceId;
        return implied ? idOf(step) : -1;
    }

    @Override
    Step.Freshness freshness(int step) {
        return events.access[step].touches() && stale[step] ? Step.Freshness.STALE : Step.Freshness.LATEST;
    }

    private void reserve(int step) {
        if (step >= after.length) {
            after = Arrays.copyOf(after, 2 * step);
            stale = Arrays.copyOf(stale, 2 * step);
        }
    }
}
