package dev.shootdown.explore;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The states that an enumeration has come through: what can follow one has followed already when an execution comes to it again.
 *
 * <p>A state is what each process has done and met so far, which decides what it does next; what memory holds, or under the weak
 * model in which order it was stored; and whether something forbidden was met. Kept as hashes of 128 bits.
 */
final class States {
    private final Events events;
    private final MemorySystem memory;
    private final Map<State, Integer> cheapest = new HashMap<>();
    /** After each step: what its process has done and met. */
    private long[] past = new long[256];
    /** After each step, from 1: how memory has changed. */
    private long[] image = new long[257];

    private record State(long low, long high) {}

    States(Events events, MemorySystem memory) {
        this.events = events;
        this.memory = memory;
    }

    /**
     * Whether no execution came to the state after {@code depth} steps at this cost, or a lower one.
     *
     * @param context what else belongs to the state
     */
    boolean isNew(int depth, long context, int cost) {
        State state = state(depth, context);
        Integer before = cheapest.get(state);
        if (before != null && before <= cost) {
            return false;
        }
        cheapest.put(state, cost);
        return true;
    }

    /** Step {@code step} has happened. */
    void stepped(int step) {
        if (step == past.length) {
            past = Arrays.copyOf(past, 2 * step);
            image = Arrays.copyOf(image, 2 * step + 1);
        }
        WordAccess access = events.access[step];
        long before = pastOf(events.previous[step], events.process[step]);
        long what = mix(events.word[step], access.ordinal());
        past[step] = mix(mix(before, what), access.loads ? memory.met(step) : 0);
        image[step + 1] = image[step] ^ (access.stores ? memory.change(step) : 0);
    }

    private long pastOf(int last, int process) {
        return last == Events.NONE ? process : past[last];
    }

    private State state(int depth, long context) {
        long low = mix(image[depth], context);
        long high = mix(~image[depth], events.hasMetForbidden() ? 1 : 0);
        for (int process = 0; process < events.last.length; process++) {
            long each = pastOf(events.last[process], process);
            low = mix(low, each);
            high = mix(high, ~each);
        }
        return new State(low, high);
    }

    /** A hash of two, by the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    static long mix(long hash, long value) {
        long mixed = (hash ^ Long.rotateLeft(value * 0x9E3779B97F4A7C15L, 31)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
