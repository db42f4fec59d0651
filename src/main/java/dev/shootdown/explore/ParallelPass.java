package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One tree of executions explored by several threads: cut off at a depth at which there is enough for all, one pass for each
 * subtree.
 */
final class ParallelPass {
    private static final int SUBTREES_PER_WORKER = 8;
    private static final int FIRST_CUT = 4;
    private static final int DEEPEST = 24;

    private final Program program;
    private final MemoryModel model;
    private final Bounds bounds;
    private final int workers;
    private final MemorySystem known;

    /**
     * A pass that has not begun.
     *
     * @param known of the same program and model: learns which words are shared
     */
    ParallelPass(Program program, MemoryModel model, Bounds bounds, int workers, MemorySystem known) {
        this.program = program;
        this.model = model;
        this.bounds = bounds;
        this.workers = workers;
        this.known = known;
    }

    /** What one pass counted, and what its executions came to. */
    private record Share(Pass.Tally tally, Set<String> outcomes) {
        boolean breaksOff() {
            return tally.deadlock != null || tally.error != null;
        }
    }

    /** Explores everything; what executions came to is added to {@code outcomes}. */
    Pass.Tally run(Set<String> outcomes) {
        List<Subtree> subtrees = new ArrayList<>();
        Share top = split(subtrees);
        outcomes.addAll(top.outcomes());
        return top.breaksOff() ? top.tally() : below(subtrees, top.tally(), outcomes);
    }

    private Pass.Tally below(List<Subtree> subtrees, Pass.Tally sum, Set<String> outcomes) {
        Budget budget = new Budget(bounds);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Share>> running = new ArrayList<>();
            for (Subtree subtree : subtrees) {
                running.add(threads.submit(() -> explored(subtree, budget)));
            }
            for (Future<Share> each : running) {
                sum.add(each.get().tally());
                outcomes.addAll(each.get().outcomes());
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while exploring");
        } catch (ExecutionException e) {
            throw new IllegalStateException("exploring " + program.name() + " broke", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Share explored(Subtree subtree, Budget budget) {
        Pass pass =
                new Pass(program, model, (events, memory) -> SourceSets.below(subtree, events, memory), bounds, budget);
        return shareOf(pass);
    }

    private Share shareOf(Pass pass) {
        Share share = new Share(pass.run(), pass.outcomes());
        synchronized (known) {
            known.learn(pass.memory());
        }
        return share;
    }

    /** Collects the subtrees, and returns what came of the executions that end above them. */
    private Share split(List<Subtree> subtrees) {
        for (int depth = FIRST_CUT; ; depth += 2) {
            subtrees.clear();
            SourceSets.Frontier frontier = new SourceSets.Frontier(depth, subtrees::add);
            Pass pass =
                    new Pass(program, model, (events, memory) -> SourceSets.above(frontier, events, memory), bounds);
            Share top = shareOf(pass);
            top.tally().prunedExecutions -= subtrees.size(); // cut off there, not given up
            if (top.breaksOff() || subtrees.size() >= SUBTREES_PER_WORKER * workers || depth >= DEEPEST) {
                return top;
            }
        }
    }
}
