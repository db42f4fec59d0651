package dev.shootdown.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every execution up to a number of detours, without reduction: for cross-checking, and for finding the shortest failing
 * execution.
 *
 * <p>A detour is a preemption (a hart is left that could go on), a store that stays in its buffer, which was empty, when it could drain (those
 * behind it have to stay as well), or a load or store that does not meet its word's latest state.
 */
final class Enumeration extends Search {
    /** Where a detour may be taken. */
    private enum Points {
        /** Everywhere. */
        ALL,
        /** Only next to words that several harts use: taking it elsewhere makes no difference. */
        SHARED
    }

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int most;
    private final Points points;
    private final MemorySystem known;
    private final @Nullable States states;
    private int[] costAt = new int[256];
    /** Where the untried alternatives of a decision end; they begin where those of the decision above end. */
    private int[] end = new int[257];

    private int[] alternative = new int[1024];
    private int[] alternativeCost = new int[1024];
    private int reopened = PRUNE;

    /** Every execution. */
    static Enumeration ofAll(Events events, MemorySystem memory) {
        return new Enumeration(events, memory, UNBOUNDED, Points.ALL, memory, null);
    }

    /** Every step that is possible in every state: no execution goes on from where another one went on. */
    static Enumeration ofStates(Events events, MemorySystem memory) {
        return new Enumeration(events, memory, UNBOUNDED, Points.ALL, memory, new States(events, memory));
    }

    /**
     * Every state that up to so many detours, next to shared words, lead to.
     *
     * @param most detours
     * @param known a memory system that saw many executions of the same program, and so knows which words are shared
     */
    static Enumeration upTo(int most, Events events, MemorySystem memory, MemorySystem known) {
        return new Enumeration(events, memory, most, Points.SHARED, known, new States(events, memory));
    }

    private Enumeration(
            Events events, MemorySystem memory, int most, Points points, MemorySystem known, @Nullable States states) {
        super(events, memory);
        this.states = states;
        this.most = most;
        this.points = points;
        this.known = known;
    }

    @Override
    int choose(int enabled) {
        int depth = events.length();
        if (depth == reopened) {
            reopened = PRUNE;
        } else {
            list(depth, enabled);
        }
        if (end[depth + 1] == end[depth]) {
            return PRUNE;
        }
        int index = --end[depth + 1];
        costAt[depth] = alternativeCost[index];
        return chosen(Schedule.process(alternative[index]), Schedule.choice(alternative[index]));
    }

    @Override
    void stepped(int step) {
        if (states != null) {
            states.stepped(step);
        }
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

    /** Lists what can be done at a decision, the most ordinary last. */
    private void list(int depth, int enabled) {
        reserve(depth);
        end[depth + 1] = end[depth];
        int spent = depth == 0 ? 0 : costAt[depth - 1];
        if (states != null && !states.isNew(depth, context(depth), most == UNBOUNDED ? 0 : spent)) {
            return;
        }
        int ordinary = ordinary(depth, enabled);
        for (int left = enabled & ~(1 << ordinary); left != 0; left &= left - 1) {
            addAll(depth, enabled, Integer.numberOfTrailingZeros(left), ordinary, spent);
        }
        addAll(depth, enabled, ordinary, ordinary, spent);
    }

    /** What the cost of a detour depends on besides the state: who ran last, and what it did. */
    private long context(int depth) {
        return most == UNBOUNDED || depth == 0
                ? 0
                : States.mix(events.process[depth - 1], events.access[depth - 1].ordinal());
    }

    private void addAll(int depth, int enabled, int process, int ordinary, int spent) {
        int cost = spent + detour(depth, enabled, process, ordinary);
        for (int choice = memory.choices(process) - 1; choice >= 0; choice--) {
            int total = choice == 0 ? cost : cost + 1;
            if (total <= most) {
                add(depth, Schedule.decision(process, choice), total);
            }
        }
    }

    private void add(int depth, int decision, int cost) {
        int index = end[depth + 1]++;
        if (index == alternative.length) {
            alternative = Arrays.copyOf(alternative, 2 * index);
            alternativeCost = Arrays.copyOf(alternativeCost, 2 * index);
        }
        alternative[index] = decision;
        alternativeCost[index] = cost;
    }

    /** The running hart's buffer with one store that just got there, else the running hart, else the lowest process. */
    private int ordinary(int depth, int enabled) {
        int running = depth == 0 ? 0 : events.process[depth - 1] % memory.harts;
        int buffer = memory.harts + running;
        if ((enabled >> buffer & 1) != 0
                && events.access[depth - 1] == WordAccess.BUFFER
                && memory.buffered(running) == 1) {
            return buffer;
        }
        return (enabled >> running & 1) != 0 ? running : Integer.numberOfTrailingZeros(enabled);
    }

    private int detour(int depth, int enabled, int process, int ordinary) {
        if (process == ordinary || depth == 0) {
            return 0;
        }
        int running = events.process[depth - 1] % memory.harts;
        int delayed = ordinary >= memory.harts ? 1 : 0;
        boolean preempts = process < memory.harts && process != running && (enabled >> running & 1) != 0;
        int cost = preempts ? delayed + 1 : delayed;
        return cost > 0 && !isPoint(depth) ? most + 1 : cost;
    }

    private boolean isPoint(int depth) {
        WordAccess access = events.access[depth - 1];
        boolean touchesNothing = !access.touches() && access != WordAccess.BUFFER;
        return points == Points.ALL || touchesNothing || known.isShared(events.word[depth - 1]);
    }

    private void reserve(int depth) {
        if (depth == costAt.length) {
            costAt = Arrays.copyOf(costAt, 2 * depth);
            end = Arrays.copyOf(end, 2 * depth + 1);
        }
    }
}
