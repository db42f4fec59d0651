package dev.shootdown.explore;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic partial-order reduction with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014).
 *
 * <p>A decision is tried another way only where two steps raced: then at least one process that can begin an execution with
 * the two the other way round must be tried there. What was explored from a sibling sleeps until a step that conflicts with
 * it. A memory model under which a process can step in several ways has all ways of it explored; each sleeps by itself.
 */
final class SourceSets extends Search {
    private static final int UNKNOWN = -1;

    private final int processes;
    private final Subtree subtree;
    private final @Nullable Frontier frontier;
    private int[] enabledAt = new int[256];
    private int[] backtrackAt = new int[256];
    private int[] doneAt = new int[256];
    private int[] awakeChoicesAt = new int[256];
    private long[] choiceIdAt = new long[256];
    /** Where the sleepers of a decision end; they begin where those of the decision above end. */
    private int[] sleepEnd = new int[257];

    private int[] sleeper = new int[256];
    private long[] sleeperChoice = new long[256];
    private final int[] firstInitial;
    private int reopened = UNKNOWN;

    /** Receives what is below a certain depth, instead of exploring it. */
    record Frontier(int depth, Consumer<Subtree> subtrees) {}

    /** Explores everything. */
    SourceSets(Events events, MemorySystem memory) {
        this(events, memory, Subtree.WHOLE, null);
    }

    /** Explores the executions that begin as a subtree does. */
    static SourceSets below(Subtree subtree, Events events, MemorySystem memory) {
        return new SourceSets(events, memory, subtree, null);
    }

    /** Explores everything down to a depth, all ways and not only those that races ask for, and hands over what is below. */
    static SourceSets above(Frontier frontier, Events events, MemorySystem memory) {
        return new SourceSets(events, memory, Subtree.WHOLE, frontier);
    }

    private SourceSets(Events events, MemorySystem memory, Subtree subtree, @Nullable Frontier frontier) {
        super(events, memory);
        this.subtree = subtree;
        this.frontier = frontier;
        this.processes = memory.processes();
        this.firstInitial = new int[processes];
    }

    @Override
    int choose(int enabled) {
        int depth = events.length();
        if (depth == reopened) {
            reopened = UNKNOWN;
            return pick(depth, backtrackAt[depth] & enabled & ~doneAt[depth]);
        }
        reserve(depth);
        enabledAt[depth] = enabled;
        doneAt[depth] = 0;
        if (depth < subtree.depth()) {
            sleepEnd[depth + 1] = 0;
            backtrackAt[depth] = 0;
            return chosen(subtree.process(depth), subtree.choice(depth));
        }
        fallAsleep(depth);
        if (isAtFrontier(depth)) {
            return PRUNE;
        }
        int process = pick(depth, enabled);
        backtrackAt[depth] = process == PRUNE ? 0 : frontier == null ? 1 << process : enabled;
        return process;
    }

    private boolean isAtFrontier(int depth) {
        if (frontier == null || depth != frontier.depth()) {
            return false;
        }
        frontier.subtrees().accept(subtreeAt(depth));
        return true;
    }

    private void fallAsleep(int depth) {
        if (depth > 0 && depth == subtree.depth()) {
            sleepEnd[depth + 1] = subtree.copySleepers(this::addSleeper);
        } else {
            inheritSleepers(depth);
        }
    }

    private Subtree subtreeAt(int depth) {
        int[] decisions = new int[depth];
        Arrays.setAll(decisions, step -> Schedule.decision(events.process[step], events.choice[step]));
        return new Subtree(
                decisions,
                Arrays.copyOfRange(sleeper, sleepEnd[depth], sleepEnd[depth + 1]),
                Arrays.copyOfRange(sleeperChoice, sleepEnd[depth], sleepEnd[depth + 1]));
    }

    /** The candidate that stepped last, or else the lowest, of those that are awake. */
    private int pick(int depth, int candidates) {
        int previous = depth == 0 ? 0 : events.process[depth - 1];
        if ((candidates >> previous & 1) != 0 && wake(depth, previous)) {
            return previous;
        }
        int running = previous % memory.harts;
        if (running != previous && (candidates >> running & 1) != 0 && wake(depth, running)) {
            return running;
        }
        for (int left = candidates & ~(1 << previous); left != 0; left &= left - 1) {
            int process = Integer.numberOfTrailingZeros(left);
            if (wake(depth, process)) {
                return process;
            }
        }
        return PRUNE;
    }

    /** Chooses a process in the first of its ways that is awake; false if all of them sleep. */
    private boolean wake(int depth, int process) {
        int choices = memory.choices(process);
        int awake = 0;
        int first = 0;
        for (int choice = choices - 1; choice >= 0; choice--) {
            if (!sleeps(depth, process, memory.choiceId(choice))) {
                awake++;
                first = choice;
            }
        }
        if (awake == 0) {
            return false;
        }
        awakeChoicesAt[depth] = awake;
        choiceIdAt[depth] = memory.choiceId(first);
        chosen(process, first);
        return true;
    }

    // ---- Sleepers.

    private boolean sleeps(int depth, int process, long choiceId) {
        for (int index = sleepEnd[depth]; index < sleepEnd[depth + 1]; index++) {
            if (sleeper[index] == process && sleeperChoice[index] == choiceId) {
                return true;
            }
        }
        return false;
    }

    private void inheritSleepers(int depth) {
        int end = sleepEnd[depth];
        if (depth > 0) {
            int step = depth - 1;
            for (int index = sleepEnd[step]; index < sleepEnd[depth]; index++) {
                end = inherit(index, end, step);
            }
        }
        sleepEnd[depth + 1] = end;
    }

    private int inherit(int index, int end, int step) {
        int process = sleeper[index];
        if (process == events.process[step] || !memory.staysAsleep(process, step)) {
            return end;
        }
        int next = addSleeper(end, process, sleeperChoice[index]);
        long implied = memory.impliedBy(process, sleeperChoice[index], step);
        return implied == -1 ? next : addSleeper(next, process, implied);
    }

    private int addSleeper(int end, int process, long choiceId) {
        if (end == sleeper.length) {
            sleeper = Arrays.copyOf(sleeper, 2 * end);
            sleeperChoice = Arrays.copyOf(sleeperChoice, 2 * end);
        }
        sleeper[end] = process;
        sleeperChoice[end] = choiceId;
        return end + 1;
    }

    // ---- Races.

    @Override
    void stepped(int step) {
        for (int index = 0; index < memory.raceCount(); index++) {
            reverse(memory.race(index), step);
        }
    }

    private void reverse(int earlier, int later) {
        if (earlier < subtree.depth()) {
            return; // Whoever split the tree tries all ways up there.
        }
        int initials = initialsAfter(earlier, later);
        if ((initials & backtrackAt[earlier]) != 0) {
            return;
        }
        int possible = initials & enabledAt[earlier];
        int wanted = events.process[later];
        if ((possible >> wanted & 1) != 0) {
            backtrackAt[earlier] |= 1 << wanted;
        } else if (possible != 0) {
            backtrackAt[earlier] |= Integer.lowestOneBit(possible);
        } else {
            backtrackAt[earlier] |= enabledAt[earlier];
        }
    }

    /**
     * Who can begin an execution in which {@code later} comes before {@code earlier}: the processes whose first step among those that
     * do not depend on {@code earlier} depends on no other of them.
     */
    private int initialsAfter(int earlier, int later) {
        Arrays.fill(firstInitial, 0);
        int initials = 0;
        for (int step = earlier + 1; step <= later; step++) {
            int process = events.process[step];
            if (firstInitial[process] == 0 && (step == later || !events.isOrdered(earlier, step))) {
                if (!dependsOnFirsts(step, process)) {
                    initials |= 1 << process;
                }
                firstInitial[process] = events.ordinal[step];
            }
        }
        return initials;
    }

    private boolean dependsOnFirsts(int step, int process) {
        for (int other = 0; other < processes; other++) {
            int first = firstInitial[other];
            if (other != process && first != 0 && events.known(step, other) >= first) {
                return true;
            }
        }
        return false;
    }

    // ---- The next execution.

    @Override
    int advance() {
        for (int depth = events.length() - 1; depth >= subtree.depth(); depth--) {
            int process = events.process[depth];
            sleepEnd[depth + 1] = addSleeper(sleepEnd[depth + 1], process, choiceIdAt[depth]);
            if (--awakeChoicesAt[depth] == 0) {
                doneAt[depth] |= 1 << process;
            }
            if ((backtrackAt[depth] & enabledAt[depth] & ~doneAt[depth] & ~sleeping(depth)) != 0) {
                reopened = depth;
                return depth;
            }
        }
        return PRUNE;
    }

    /** The processes that sleep in the only way they have. */
    private int sleeping(int depth) {
        int sleeping = 0;
        if (!memory.hasChoices()) {
            for (int index = sleepEnd[depth]; index < sleepEnd[depth + 1]; index++) {
                sleeping |= 1 << sleeper[index];
            }
        }
        return sleeping;
    }

    private void reserve(int depth) {
        if (depth == enabledAt.length) {
            int larger = 2 * depth;
            enabledAt = Arrays.copyOf(enabledAt, larger);
            backtrackAt = Arrays.copyOf(backtrackAt, larger);
            doneAt = Arrays.copyOf(doneAt, larger);
            awakeChoicesAt = Arrays.copyOf(awakeChoicesAt, larger);
            choiceIdAt = Arrays.copyOf(choiceIdAt, larger);
            sleepEnd = Arrays.copyOf(sleepEnd, larger + 1);
        }
    }
}
