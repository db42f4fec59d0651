package dev.shootdown.explore;

import java.util.Arrays;

/**
 * Memory as a memory model has it: what a step may see, what it changes, which steps are ordered by it, and which pairs of
 * steps might have happened the other way round.
 *
 * <p>A <em>process</em> is what steps: a hart, numbered from 0, or the store buffer of hart h, numbered {@code harts + h}.
 * The processes of one hart never conflict with each other.
 */
abstract class MemorySystem {
    final Events events;
    final Pending[] pending;
    final int harts;
    /** What an observer outside sees. */
    final long[] memory;

    /** How a read-modify-write that waits is done. */
    enum WaitingUpdate {
        /** As one step, which cannot be made before the word is as it must be. */
        IN_ONE_STEP,
        /** As a wait and a compare-and-set, again and again until that does not fail. */
        IN_TWO_STEPS
    }

    private final int[] touchedBy;
    private final int[] storedBy;
    private int[] races = new int[16];
    private int raceCount;

    MemorySystem(Events events, Pending[] pending, long[] memory) {
        this.events = events;
        this.pending = pending;
        this.harts = pending.length;
        this.memory = memory;
        this.touchedBy = new int[memory.length];
        this.storedBy = new int[memory.length];
    }

    /** How many processes there are. */
    abstract int processes();

    /** Whether a hart whose pending access may have to wait can do it now. */
    abstract boolean canStep(int hart);

    /** Whether a pending access may have to wait at all. */
    abstract boolean mayBlock(Pending access);

    /** How this model does a read-modify-write that waits. */
    WaitingUpdate waitingUpdate() {
        return WaitingUpdate.IN_ONE_STEP;
    }

    /** The store buffers that could drain, as a bit a process. */
    int drainable() {
        return 0;
    }

    /** How many stores of a hart others do not see yet because they are in its buffer. */
    int buffered(int hart) {
        return 0;
    }

    /** Whether a process may ever step in more than one way. */
    boolean hasChoices() {
        return false;
    }

    /** In how many ways a process that can step can do so; asked right before {@link #choiceId} and {@link #step}. */
    int choices(int process) {
        return 1;
    }

    /** A number that names a choice of the process last asked about, whatever else has happened meanwhile. */
    long choiceId(int choice) {
        return 0;
    }

    /** Does the pending access of a process, and returns what it loaded or overwrote. */
    abstract long step(int process, int choice);

    /** Takes the latest step back. */
    abstract void undo(int step);

    /** Whether the transition of a process is still the same, and explored, after {@code step} of another one. */
    abstract boolean staysAsleep(int process, int step);

    /** A choice of a process that is as good as explored after {@code step}, because {@code choiceId} is; or -1. */
    long impliedBy(int process, long choiceId, int step) {
        return -1;
    }

    /** What {@code hart} would load from a word, of all it could the latest. */
    long visibleTo(int hart, int word) {
        return memory[word];
    }

    /** Whether the step went otherwise than under sequential consistency. */
    Step.Freshness freshness(int step) {
        return Step.Freshness.LATEST;
    }

    /** What a step loaded, as a number that tells it from all else it could have loaded. */
    long met(int step) {
        return events.before[step];
    }

    /** How the latest step, which stored, changed memory: changes in another order that come to the same have the same exclusive or. */
    long change(int step) {
        int word = events.word[step];
        return States.mix(word, events.before[step]) ^ States.mix(word, events.after[step]);
    }

    final boolean sameHart(int process, int other) {
        return process % harts == other % harts;
    }

    // ---- Races: earlier steps that the latest one might have come before.

    final void forgetRaces() {
        raceCount = 0;
    }

    final void addRace(int earlier) {
        if (raceCount == races.length) {
            races = Arrays.copyOf(races, 2 * raceCount);
        }
        races[raceCount++] = earlier;
    }

    final int raceCount() {
        return raceCount;
    }

    final int race(int index) {
        return races[index];
    }

    // ---- Which words are shared at all, over all executions.

    final void note(int hart, WordAccess access, int word) {
        touchedBy[word] |= 1 << hart;
        if (access.stores) {
            storedBy[word] |= 1 << hart;
        }
    }

    /** Takes over what another one knows of the same program's words. */
    final void learn(MemorySystem other) {
        for (int word = 0; word < touchedBy.length; word++) {
            touchedBy[word] |= other.touchedBy[word];
            storedBy[word] |= other.storedBy[word];
        }
    }

    /** Whether several harts used the word, and one stored to it. */
    final boolean isShared(int word) {
        return word >= 0 && storedBy[word] != 0 && Integer.bitCount(touchedBy[word]) > 1;
    }
}
