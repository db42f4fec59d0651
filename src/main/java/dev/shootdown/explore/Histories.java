package dev.shootdown.explore;

import java.util.Arrays;

/**
 * The history of every word under the weak model: its stores in modification order, which need not be the order in which they
 * were executed, and its loads.
 *
 * <p>Messages of a word are numbered from 0, which is what it held in the beginning.
 */
final class Histories {
    /** The store that no execution made: a word's first value. */
    static final int INITIAL = -1;

    private static final int[] EMPTY = {};

    private final Events events;
    private final long[] initial;
    private final int[][] stores;
    private final int[] storeCount;
    private final int[][] loads;
    private final int[] loadCount;
    /** Of a step that loads, the store that it read. */
    private int[] source = new int[256];

    Histories(Events events, long[] image) {
        this.events = events;
        this.initial = image.clone();
        this.stores = new int[image.length][];
        this.loads = new int[image.length][];
        Arrays.fill(stores, EMPTY);
        Arrays.fill(loads, EMPTY);
        this.storeCount = new int[image.length];
        this.loadCount = new int[image.length];
    }

    /** The number of the word's latest message. */
    int latest(int word) {
        return storeCount[word];
    }

    /** The step that stored a message, or {@link #INITIAL}. */
    int store(int word, int message) {
        return message == 0 ? INITIAL : stores[word][message - 1];
    }

    long value(int word, int message) {
        return message == 0 ? initial[word] : events.after[stores[word][message - 1]];
    }

    /** The number of the message that a step stored. */
    int message(int word, int store) {
        if (store != INITIAL) {
            for (int message = storeCount[word]; message > 0; message--) {
                if (stores[word][message - 1] == store) {
                    return message;
                }
            }
        }
        return 0;
    }

    /** Whether the message after this one is by a read-modify-write of this one: nothing can come between. */
    boolean isTaken(int word, int message) {
        return message < storeCount[word] && events.access[stores[word][message]].loads;
    }

    int loads(int word) {
        return loadCount[word];
    }

    int load(int word, int index) {
        return loads[word][index];
    }

    /** The store that a load read. */
    int source(int load) {
        return source[load];
    }

    void addLoad(int word, int step, int store) {
        if (step >= source.length) {
            source = Arrays.copyOf(source, 2 * step);
        }
        source[step] = store;
        loads[word] = reserve(loads[word], loadCount[word]);
        loads[word][loadCount[word]++] = step;
    }

    /** Adds a store right after a message. */
    void addStore(int word, int step, int message) {
        int[] grown = reserve(stores[word], storeCount[word]);
        System.arraycopy(grown, message, grown, message + 1, storeCount[word] - message);
        grown[message] = step;
        stores[word] = grown;
        storeCount[word]++;
    }

    void removeLoad(int word) {
        loadCount[word]--;
    }

    void removeStore(int word, int step) {
        int message = message(word, step);
        System.arraycopy(stores[word], message, stores[word], message - 1, storeCount[word] - message);
        storeCount[word]--;
    }

    private static int[] reserve(int[] list, int count) {
        return count < list.length ? list : Arrays.copyOf(list, Math.max(8, 2 * count));
    }
}
