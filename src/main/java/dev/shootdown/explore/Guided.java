package dev.shootdown.explore;

import java.util.List;

/** One execution, along a schedule. */
final class Guided extends Search {
    /** How closely the schedule is kept to. */
    enum Manner {
        /** Every decision as it says, down to the last; anything else is a divergence. */
        EXACT,
        /** A schedule of sequential consistency, under a weaker model: stores leave their buffers at once, waits that end with an addition are not interrupted. */
        AS_SEQUENTIAL,
        /**
         * A schedule of a program that differs a little: each run of steps by one hart is as long as it says, or until that
         * hart cannot go on; its last one goes on until then.
         */
        LOOSE
    }

    private final List<Integer> decisions;
    private final Manner manner;
    private int position;

    Guided(Events events, MemorySystem memory, List<Integer> decisions, Manner manner) {
        super(events, memory);
        this.decisions = decisions;
        this.manner = manner;
    }

    @Override
    int choose(int enabled) {
        return switch (manner) {
            case EXACT -> exactly(enabled);
            case AS_SEQUENTIAL -> sequentially(enabled);
            case LOOSE -> loosely(enabled);
        };
    }

    private int exactly(int enabled) {
        if (position == decisions.size()) {
            return ordinary(enabled);
        }
        int decision = decisions.get(position++);
        int process = Schedule.process(decision);
        int choice = Schedule.choice(decision);
        if ((enabled >> process & 1) == 0 || choice >= memory.choices(process)) {
            throw new ReplayDiverged("decision " + position + " is process " + process + " in way " + choice
                    + ", which is not possible; those that can step are " + Integer.toBinaryString(enabled));
        }
        return chosen(process, choice);
    }

    private int sequentially(int enabled) {
        int drains = enabled >> memory.harts;
        if (drains != 0) {
            return chosen(memory.harts + Integer.numberOfTrailingZeros(drains), 0);
        }
        int running = running();
        return memory.pending[running].completesWait ? chosen(running, 0) : exactly(enabled);
    }

    private int running() {
        int depth = events.length();
        return depth == 0 ? 0 : events.process[depth - 1] % memory.harts;
    }

    private int loosely(int enabled) {
        for (; position < decisions.size(); position++) {
            int process = Schedule.process(decisions.get(position));
            if ((enabled >> process & 1) != 0) {
                position += isLastRunOf(process) ? 0 : 1;
                return chosen(process, 0);
            }
            int buffer = process + memory.harts;
            if (process < memory.harts && (enabled >> buffer & 1) != 0) {
                return chosen(buffer, 0); // The hart waits for nobody but its own stores.
            }
        }
        return ordinary(enabled);
    }

    private boolean isLastRunOf(int process) {
        int next = position;
        while (next < decisions.size() && Schedule.process(decisions.get(next)) == process) {
            next++;
        }
        return decisions.subList(next, decisions.size()).stream().noneMatch(each -> Schedule.process(each) == process);
    }

    /** The process that stepped last, or else the lowest. */
    private int ordinary(int enabled) {
        int running = running();
        boolean goesOn = (enabled >> running & 1) != 0;
        return chosen(goesOn ? running : Integer.numberOfTrailingZeros(enabled), 0);
    }

    @Override
    void ended() {
        int left = decisions.size() - position;
        if (manner != Manner.LOOSE && left > 0) {
            throw new ReplayDiverged("the execution is over after " + position + " of " + decisions.size()
                    + " decisions, with " + left + " left");
        }
    }

    @Override
    int advance() {
        return PRUNE;
    }
}
