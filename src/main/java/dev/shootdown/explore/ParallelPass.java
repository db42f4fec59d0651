package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private static final int DEEPEST = 24;

    private final Program program;
    private final MemoryModel model;
    private final Bounds bounds;
    private final int workers;

    ParallelPass(Program program, MemoryModel model, Bounds bounds, int workers) {
        this.program = program;
        this.model = model;
        this.bounds = bounds;
        this.workers = workers;
    }

    /** Explores everything; what executions came to is added to {@code outcomes}. */
    Pass.Tally run(Set<String> outcomes) {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Pass>> running = new ArrayList<>();
            for (Subtree subtree : split()) {
                running.add(threads.submit(() -> explored(subtree)));
            }
            Pass.Tally sum = new Pass.Tally();
            for (Future<Pass> each : running) {
                Pass pass = each.get();
                sum.add(pass.tally());
                outcomes.addAll(pass.outcomes());
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while exploring " + program.name(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("exploring " + program.name() + " broke", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Pass explored(Subtree subtree) {
        Pass pass = new Pass(program, model, (events, memory) -> SourceSets.below(subtree, events, memory), bounds);
        pass.run();
        return pass;
    }

    private List<Subtree> split() {
        for (int depth = 4; ; depth += 2) {
            List<Subtree> subtrees = new ArrayList<>();
            SourceSets.Frontier frontier = new SourceSets.Frontier(depth, subtrees::add);
            new Pass(program, model, (events, memory) -> SourceSets.above(frontier, events, memory), bounds).run();
            if (subtrees.size() >= SUBTREES_PER_WORKER * workers || depth >= DEEPEST) {
                return subtrees;
            }
        }
    }
}
