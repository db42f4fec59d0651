package dev.shootdown.explore;

import java.util.Arrays;

/**
 * The order that full barriers are in: all of them, of all harts, in one line that agrees with what happens before what and with
 * the order in which each word's stores were made and seen (RC11's psc, with a read-modify-write as one point).
 *
 * <p>A step that meets its word's latest state adds itself at the end and cannot contradict that line. One that does not, a load of an older
 * message or a store before a newer one, comes before what others have done already; it is possible only if no barrier after
 * those others leads, by way of barriers, back to before it.
 */
final class FenceOrder {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Events events;
    private final WeakClocks clocks;
    private final Histories histories;
    private final int harts;
    private final int[][] steps;
    private final int[] stepCount;
    /** Barriers of each hart from this ordinal on come after the step in question. */
    private final int[] barriersFrom;

    private final int[] barriersDone;
    /** Steps of each hart from this ordinal on happen after such a barrier. */
    private final int[] stepsFrom;

    private final int[] stepsDone;
    /** Barriers up to this ordinal of each hart come before the step in question. */
    private final int[] before;
    /** If that step is a barrier, steps up to this ordinal of each hart happen before it; else 0. */
    private final int[] known;

    private boolean contradicts;

    FenceOrder(Events events, WeakClocks clocks, Histories histories, int harts) {
        this.events = events;
        this.clocks = clocks;
        this.histories = histories;
        this.harts = harts;
        this.steps = new int[harts][256];
        this.stepCount = new int[harts];
        this.barriersFrom = new int[harts];
        this.barriersDone = new int[harts];
        this.stepsFrom = new int[harts];
        this.stepsDone = new int[harts];
        this.before = new int[harts];
        this.known = new int[harts];
    }

    void add(int hart, int step) {
        if (stepCount[hart] == steps[hart].length) {
            steps[hart] = Arrays.copyOf(steps[hart], 2 * stepCount[hart]);
        }
        steps[hart][stepCount[hart]++] = step;
    }

    void removeLast(int hart) {
        stepCount[hart]--;
    }

    private static boolean isBarrier(WordAccess access) {
        return access.ordering == WordAccess.Ordering.FULL;
    }

    /** Whether {@code hart} can do an access that loads, or comes right after, a message that is not the word's latest. */
    boolean allows(int hart, WordAccess access, int word, int message) {
        collectBefore(hart, access, word, message);
        forgetAfter();
        markLaterThan(word, message);
        for (boolean changed = true; changed && !contradicts; ) {
            changed = false;
            for (int other = 0; other < harts; other++) {
                if (barriersFrom[other] < barriersDone[other]) {
                    changed = true;
                    followBarriers(other);
                }
                if (stepsFrom[other] < stepsDone[other]) {
                    changed = true;
                    followSteps(other);
                }
            }
        }
        return !contradicts;
    }

    private void forgetAfter() {
        Arrays.fill(barriersFrom, NEVER);
        Arrays.fill(barriersDone, NEVER);
        Arrays.fill(stepsFrom, NEVER);
        Arrays.fill(stepsDone, NEVER);
        contradicts = false;
    }

    private void collectBefore(int hart, WordAccess access, int word, int message) {
        Arrays.fill(before, 0);
        Arrays.fill(known, 0);
        clocks.joinKnown(hart, before);
        if (!isBarrier(access)) {
            return;
        }
        clocks.joinSeen(hart, before);
        System.arraycopy(before, 0, known, 0, harts);
        for (int earlier = 1; earlier <= message; earlier++) {
            clocks.joinKnownAt(histories.store(word, earlier), before);
        }
        int until = access.stores ? message + 1 : message;
        for (int index = 0; index < histories.loads(word); index++) {
            int load = histories.load(word, index);
            if (histories.message(word, histories.source(load)) < until) {
                clocks.joinKnownAt(load, before);
            }
        }
    }

    /** Later stores to a word, and the loads that read them, come after: so do the barriers after those. */
    private void markLaterThan(int word, int message) {
        for (int later = message + 1; later <= histories.latest(word); later++) {
            comesAfter(histories.store(word, later));
        }
        for (int index = 0; index < histories.loads(word); index++) {
            int load = histories.load(word, index);
            if (histories.message(word, histories.source(load)) > message) {
                comesAfter(load);
            }
        }
    }

    /** A step that met its word later than one that comes after: so do the barriers that it happens before. */
    private void comesAfter(int step) {
        contradicts |= known[events.process[step]] >= events.ordinal[step];
        markAfter(step, barriersFrom);
    }

    /** Lowers, for each hart, where the steps begin that {@code step} happens before, itself included. */
    private void markAfter(int step, int[] from) {
        int by = events.process[step];
        int ordinal = events.ordinal[step];
        for (int hart = 0; hart < harts; hart++) {
            int low = 0;
            int high = Math.min(stepCount[hart], from[hart] - 1);
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (clocks.known(steps[hart][middle], by) >= ordinal) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            if (low < stepCount[hart] && low + 1 < from[hart] && clocks.known(steps[hart][low], by) >= ordinal) {
                from[hart] = low + 1;
            }
        }
    }

    /** Follows the first barrier of a hart that comes after; it must not come before as well. */
    private void followBarriers(int hart) {
        int from = barriersFrom[hart];
        barriersDone[hart] = from;
        for (int ordinal = from; ordinal <= stepCount[hart]; ordinal++) {
            int step = steps[hart][ordinal - 1];
            if (isBarrier(events.access[step])) {
                contradicts |= ordinal <= before[hart];
                markAfter(step, stepsFrom);
                return;
            }
        }
    }

    private void followSteps(int hart) {
        int from = stepsFrom[hart];
        int until = Math.min(stepsDone[hart] - 1, stepCount[hart]);
        stepsDone[hart] = from;
        barriersFrom[hart] = Math.min(barriersFrom[hart], from);
        for (int ordinal = from; ordinal <= until; ordinal++) {
            int step = steps[hart][ordinal - 1];
            WordAccess access = events.access[step];
            if (access.touches()) {
                int word = events.word[step];
                int message = histories.message(word, access.stores ? step : histories.source(step));
                markLaterThan(word, message);
                if (access.stores) {
                    markReadersOf(word, step);
                }
            }
        }
    }

    private void markReadersOf(int word, int store) {
        for (int index = 0; index < histories.loads(word); index++) {
            int load = histories.load(word, index);
            if (histories.source(load) == store) {
                comesAfter(load);
            }
        }
    }
}
