package dev.shootdown.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree of decisions, explored depth first, without states: every execution begins anew and replays the decisions above
 * the one that changes.
 *
 * <p>With {@link Reduction#SOURCE_SETS} a decision is tried another way only where two steps raced (neither is known to the
 * other's process when it happens): then at least one initial of what could come first instead must be tried there. Where
 * that one cannot step, every other one is. Sleep sets keep out what was explored from a sibling. With {@link
 * Reduction#NONE} every enabled process is tried, up to a number of preemptions.
 */
final class Search {
    /** No process: the rest of this execution was explored elsewhere, or is beyond the bound. */
    static final int PRUNE = -1;

    private static final int NOBODY = -1;

    private final int processes;
    private final int harts;
    private final Reduction reduction;
    private final int preemptionBound;
    private final Trace trace;
    private final List<Node> path = new ArrayList<>();
    private final List<Node> spare = new ArrayList<>();
    private int depth;
    private int firstNew;

    Search(int processes, int harts, Reduction reduction, int preemptionBound, Trace trace) {
        this.processes = processes;
        this.harts = harts;
        this.reduction = reduction;
        this.preemptionBound = preemptionBound;
        this.trace = trace;
    }

    /** Starts an execution from its first decision. */
    void restart() {
        depth = 0;
        firstNew = Math.max(path.size() - 1, 0);
    }

    /** The decisions taken in this execution. */
    int[] schedule() {
        int[] schedule = new int[depth];
        for (int index = 0; index < depth; index++) {
            schedule[index] = path.get(index).chosen;
        }
        return schedule;
    }

    int preemptions() {
        return depth == 0 ? 0 : path.get(depth - 1).preemptions + cost(path.get(depth - 1), path.get(depth - 1).chosen);
    }

    /** Takes the next decision: the replayed one, or a new one. The new node's pending accesses must be filled by then. */
    int choose(Node fresh) {
        if (depth < path.size()) {
            Node replayed = path.get(depth++);
            if (replayed.enabled != fresh.enabled) {
                throw new ReplayDiverged(
                        "decision " + depth + ": enabled were " + Integer.toBinaryString(replayed.enabled)
                                + ", are now " + Integer.toBinaryString(fresh.enabled));
            }
            spare.add(fresh);
            return replayed.chosen;
        }
        inherit(fresh);
        int choice = prefer(fresh, fresh.enabled & ~fresh.sleep);
        if (choice == PRUNE) {
            spare.add(fresh);
            return PRUNE;
        }
        fresh.chosen = choice;
        fresh.backtrack = reduction == Reduction.NONE ? fresh.enabled : 1 << choice;
        path.add(fresh);
        depth++;
        return choice;
    }

    /** A node to fill in for {@link #choose}. */
    Node freshNode() {
        return spare.isEmpty() ? new Node(processes) : spare.removeLast();
    }

    private void inherit(Node fresh) {
        fresh.sleep = 0;
        fresh.previous = NOBODY;
        fresh.preemptions = 0;
        if (path.isEmpty()) {
            return;
        }
        Node parent = path.getLast();
        fresh.previous = parent.chosen;
        fresh.preemptions = parent.preemptions + cost(parent, parent.chosen);
        if (reduction == Reduction.SOURCE_SETS) {
            for (int process = 0; process < processes; process++) {
                boolean asleep = (parent.sleep >> process & 1) != 0 && process != parent.chosen;
                if (asleep && !conflict(parent, process, parent.chosen)) {
                    fresh.sleep |= 1 << process;
                }
            }
        }
    }

    /** As {@link Trace#conflicts}, for what processes are about to do. */
    private boolean conflict(Node node, int one, int other) {
        boolean sameHart = one % harts == other % harts;
        return !sameHart && Access.conflict(node.access[one], node.offset[one], node.access[other], node.offset[other]);
    }

    /** The process that stepped last if possible, else the lowest, within the preemption bound. */
    private int prefer(Node node, int candidates) {
        if (node.previous >= 0 && (candidates >> node.previous & 1) != 0) {
            return node.previous;
        }
        for (int left = candidates; left != 0; left &= left - 1) {
            int process = Integer.numberOfTrailingZeros(left);
            if (node.preemptions + cost(node, process) <= preemptionBound) {
                return process;
            }
        }
        return PRUNE;
    }

    /** Leaving a hart that could go on is a preemption; a store buffer drains whenever it likes. */
    private int cost(Node node, int process) {
        boolean leaves = node.previous >= 0
                && node.previous < harts
                && node.previous != process
                && process < harts
                && node.isEnabled(node.previous);
        return leaves ? 1 : 0;
    }

    /** Prepares the next execution, after one that ran or was pruned; false if there is none. */
    boolean advance() {
        if (reduction == Reduction.SOURCE_SETS) {
            addRaces();
        }
        while (!path.isEmpty()) {
            Node last = path.getLast();
            last.sleep |= 1 << last.chosen;
            int choice = prefer(last, last.backtrack & last.enabled & ~last.sleep);
            if (choice != PRUNE) {
                last.chosen = choice;
                return true;
            }
            spare.add(path.removeLast());
        }
        return false;
    }

    /** Finds the races that end in a step of this execution which no earlier one had, and schedules their reversal. */
    private void addRaces() {
        for (int later = firstNew; later < trace.length(); later++) {
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                if (isRace(earlier, later)) {
                    reverse(earlier, later);
                }
            }
        }
    }

    private boolean isRace(int earlier, int later) {
        if (!trace.conflicts(earlier, trace.process(later), trace.access(later), trace.offset(later))) {
            return false;
        }
        boolean awaits = path.get(later).awaits[trace.process(later)];
        for (int between = earlier + 1; between < later; between++) {
            boolean known = trace.happensBefore(earlier, between) && trace.happensBefore(between, later);
            // What ended a wait may hide an earlier write that the wait could have preceded: look through other
            // processes.
            if (known && (!awaits || trace.process(between) == trace.process(later))) {
                return false;
            }
        }
        return true;
    }

    private void reverse(int earlier, int later) {
        Node node = path.get(earlier);
        int initials = initialsAfter(earlier, later);
        if ((initials & node.backtrack) != 0) {
            return;
        }
        int possible = initials & node.enabled;
        int wanted = trace.process(later);
        if ((possible >> wanted & 1) != 0) {
            node.backtrack |= 1 << wanted;
        } else if (possible != 0) {
            node.backtrack |= Integer.lowestOneBit(possible);
        } else {
            node.backtrack |= node.enabled;
        }
    }

    /** Who can begin the execution in which {@code later} comes before {@code earlier}. */
    private int initialsAfter(int earlier, int later) {
        int initials = 0;
        int seen = 0;
        for (int step = earlier + 1; step <= later; step++) {
            boolean independent = step == later || !trace.happensBefore(earlier, step);
            int bit = 1 << trace.process(step);
            if (independent && (seen & bit) == 0) {
                seen |= bit;
                if (!hasPredecessor(earlier, step)) {
                    initials |= bit;
                }
            }
        }
        return initials;
    }

    private boolean hasPredecessor(int earlier, int step) {
        for (int before = earlier + 1; before < step; before++) {
            if (!trace.happensBefore(earlier, before) && trace.happensBefore(before, step)) {
                return true;
            }
        }
        return false;
    }
}
