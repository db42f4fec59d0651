package dev.shootdown.explore;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Every step that is possible in every state that can be reached: no reduction, and no notion of independence. A state is what each
 * process has done and met so far, and memory; where an execution comes to one that an earlier execution came to, it ends, because what can
 * follow has followed already.
 */
final class StateEnumeration extends Search {
    private static final int START = 0;

    private record State(long low, long high) {}

    private final Set<State> met = new HashSet<>();
    private long[] process = new long[256];
    private long[] image = new long[257];
    private long[] metBy = new long[256];
    private int[] end = new int[257];
    private int[] alternative = new int[1024];
    private long[] identity = new long[1024];
    private int reopened = PRUNE;

    StateEnumeration(Events events, MemorySystem memory) {
        super(events, memory);
    }

    int states() {
        return met.size();
    }

    @Override
    int choose(int enabled) {
        int depth = events.length();
        if (depth == reopened) {
            reopened = PRUNE;
        } else {
            reserve(depth);
            end[depth + 1] = end[depth];
            if (met.add(state(depth))) {
                list(depth, enabled);
            }
        }
        if (end[depth + 1] == end[depth]) {
            return PRUNE;
        }
        int index = --end[depth + 1];
        metBy[depth] = identity[index];
        return chosen(Schedule.process(alternative[index]), Schedule.choice(alternative[index]));
    }

    private void list(int depth, int enabled) {
        for (int left = enabled; left != 0; left &= left - 1) {
            int by = Integer.numberOfTrailingZeros(left);
            for (int choice = memory.choices(by) - 1; choice >= 0; choice--) {
                add(depth, Schedule.decision(by, choice), memory.choiceId(choice));
            }
        }
    }

    private void add(int depth, int decision, long id) {
        int index = end[depth + 1]++;
        if (index == alternative.length) {
            alternative = Arrays.copyOf(alternative, 2 * index);
            identity = Arrays.copyOf(identity, 2 * index);
        }
        alternative[index] = decision;
        identity[index] = id;
    }

    @Override
    int advance() {
        for (int depth = events.length() - 1; depth >= 0; depth--) {
            if (end[depth + 1] > end[depth]) {
                reopened = depth;
                return depth;
            }
        }
        return PRUNE;
    }

    // ---- States, as hashes of 128 bits.

    @Override
    void stepped(int step) {
        WordAccess access = events.access[step];
        int previous = events.previous[step];
        long past = previous == Events.NONE ? events.process[step] + 1 : process[previous];
        long loaded = access.loads ? events.before[step] : 0;
        process[step] = mix(mix(mix(past, events.word[step]), access.ordinal()), mix(loaded, metBy[step]));
        image[step + 1] = image[step] ^ (access.stores ? change(step) : 0);
    }

    /** What a store changes: memory, or under the weak model the order of its word's stores. */
    private long change(int step) {
        int word = events.word[step];
        if (memory instanceof WeakMemory weak) {
            return mix(word, order(weak.histories(), word, step))
                    ^ mix(word, order(weak.histories(), word, Events.NONE));
        }
        return mix(word, events.before[step]) ^ mix(word, events.after[step]);
    }

    private long order(Histories histories, int word, int except) {
        long order = word;
        for (int message = 1; message <= histories.latest(word); message++) {
            int store = histories.store(word, message);
            if (store != except) {
                order = mix(order, (long) events.process[store] << 32 | events.ordinal[store]);
            }
        }
        return order;
    }

    private State state(int depth) {
        long low = image[depth];
        long high = ~image[depth];
        for (int by = 0; by < events.last.length; by++) {
            long past = events.last[by] == Events.NONE ? START : process[events.last[by]];
            low = mix(low, past);
            high = mix(high, ~past);
        }
        return new State(low, high);
    }

    /** Steele, Lea and Flood's finaliser (SplitMix64), over both. */
    private static long mix(long hash, long value) {
        long mixed = (hash ^ Long.rotateLeft(value * 0x9E3779B97F4A7C15L, 31)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private void reserve(int depth) {
        if (depth == process.length) {
            process = Arrays.copyOf(process, 2 * depth);
            image = Arrays.copyOf(image, 2 * depth + 1);
            metBy = Arrays.copyOf(metBy, 2 * depth);
            end = Arrays.copyOf(end, 2 * depth + 1);
        }
    }
}
