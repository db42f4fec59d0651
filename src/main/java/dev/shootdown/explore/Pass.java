package dev.shootdown.explore;

import dev.shootdown.explore.ExploredWords.MemorySystem;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One walk through the tree of a program's executions, under one memory system and one way of searching. */
final class Pass implements Scheduler.Decisions {
    private final Program program;
    private final Bounds bounds;
    private final int harts;
    private final int processes;
    private final Trace trace;
    private final Search search;
    private final Scheduler scheduler;
    private final ExploredWords words;
    private final Set<String> outcomes = new TreeSet<>();
    private final Tally tally = new Tally();
    private Program.Actors actors;
    private int forbiddenLoadAt;
    private boolean stuck;
    private boolean pruned;

    /** What a pass counted and found. */
    static final class Tally {
        long executions;
        long prunedExecutions;
        long steps;
        boolean boundHit;

        @Nullable
        Schedule shortest;

        @Nullable
        Schedule deadlock;

        @Nullable
        Throwable error;
    }

    Pass(Program program, MemorySystem system, Reduction reduction, int preemptionBound, Bounds bounds) {
        this.program = program;
        this.bounds = bounds;
        this.harts = program.harts();
        this.processes = system == MemorySystem.TSO ? 2 * harts : harts;
        this.trace = new Trace(processes, harts);
        this.search = new Search(processes, harts, reduction, preemptionBound, trace);
        this.scheduler = new Scheduler(harts, this);
        this.words = new ExploredWords(program.layout().bytes(), harts, system, scheduler, trace, this::loaded);
        program.prepare(words);
        words.keepAsTemplate();
        this.actors = program.attach(words);
    }

    /** Runs every execution that the search asks for. */
    Tally run() {
        restart();
        scheduler.runAll();
        return tally;
    }

    /** What executions came to. */
    Set<String> outcomes() {
        return outcomes;
    }

    private void restart() {
        words.reset();
        trace.clear();
        search.restart();
        forbiddenLoadAt = 0;
        stuck = false;
        pruned = false;
    }

    @Override
    public int next() {
        for (; ; ) {
            if (trace.length() >= bounds.steps()) {
                tally.boundHit = true;
                pruned = true;
                return Search.PRUNE;
            }
            Node node = describe(search.freshNode());
            if (node.enabled == 0) {
                stuck = !scheduler.allFinished();
                return Search.PRUNE;
            }
            int choice = search.choose(node);
            if (choice < harts) {
                pruned = choice == Search.PRUNE;
                return choice;
            }
            words.drain(choice - harts, choice);
        }
    }

    private Node describe(Node node) {
        node.enabled = 0;
        Arrays.fill(node.access, Access.LOCAL);
        for (int hart = 0; hart < harts; hart++) {
            if (!scheduler.isFinished(hart)) {
                Pending pending = scheduler.pending(hart);
                node.access[hart] = pending.access();
                node.offset[hart] = pending.offset();
                node.awaits[hart] = pending.isAwait();
                node.enabled |= canStep(hart, pending) ? 1 << hart : 0;
            }
        }
        for (int buffer = harts; buffer < processes; buffer++) {
            if (!words.buffer(buffer - harts).isEmpty()) {
                node.access[buffer] = Access.WRITE;
                node.offset[buffer] = words.buffer(buffer - harts).headOffset();
                node.awaits[buffer] = false;
                node.enabled |= 1 << buffer;
            }
        }
        return node;
    }

    private boolean canStep(int hart, Pending pending) {
        if (pending.drains()) {
            return words.buffer(hart).isEmpty();
        }
        return !pending.isAwait() || pending.isSatisfiedBy(words.visibleTo(hart, pending.offset()));
    }

    @Override
    public void run(int hart) {
        trace.add(hart, Access.LOCAL, 0);
        actors.run(hart);
    }

    private void loaded(int hart, long offset) {
        if (forbiddenLoadAt == 0 && actors.isForbiddenLoad(hart, offset, words::peek)) {
            forbiddenLoadAt = trace.length();
        }
    }

    @Override
    public boolean executionEnds(@Nullable Throwable failure) {
        tally.steps += trace.length();
        tally.error = failure;
        tally.deadlock = stuck ? schedule() : null;
        if (failure != null || stuck) {
            return false;
        }
        if (pruned) {
            tally.prunedExecutions++;
            actors = program.attach(words);
        } else {
            complete();
        }
        if (tally.executions + tally.prunedExecutions >= bounds.executions()) {
            tally.boundHit = true;
            return false;
        }
        if (!search.advance()) {
            return false;
        }
        restart();
        return true;
    }

    private void complete() {
        tally.executions++;
        outcomes.add(actors.outcome());
        if (forbiddenLoadAt != 0 || actors.isFailure()) {
            Schedule found = schedule();
            Schedule shortest = tally.shortest;
            if (shortest == null || found.isShorterThan(shortest)) {
                tally.shortest = found;
            }
        }
    }

    private Schedule schedule() {
        int violation = forbiddenLoadAt != 0 ? forbiddenLoadAt : trace.length();
        return new Schedule(search.schedule(), search.preemptions(), violation, actors.outcome());
    }
}
