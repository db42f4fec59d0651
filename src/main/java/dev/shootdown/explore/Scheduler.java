package dev.shootdown.explore;

import dev.shootdown.race.ClassifierBroke;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs harts as virtual threads, one at a time, from decision to decision.
 *
 * <p>There is no scheduling thread: the hart that is about to step asks who is next, and only if that is another hart does it
 * hand over. Executions follow one another in the same threads; the hart that ends one begins the next.
 */
final class Scheduler {
    private static final int NOBODY = -1;

    /** Unwinds a hart whose execution goes no further. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("execution abandoned", null, false, false);
        }
    }

    private final int harts;
    private final Decisions decisions;
    private final Thread[] threads;
    private final Thread caller;
    private volatile int turn = NOBODY;
    private volatile boolean over;
    private volatile boolean stopping;
    private volatile @Nullable Throwable broken;
    private int current = NOBODY;
    private int begun;
    private int finished;
    private boolean abandoned;
    private @Nullable Throwable failure;

    /** What the scheduler asks for. */
    interface Decisions {
        /** The hart that steps next; negative: abandon this execution, or none is left. */
        int next();

        /** The body of a hart, whose first step has been granted. */
        void run(int hart);

        /** An execution is over, in full or abandoned; whether there is to be another. */
        boolean executionEnds(@Nullable Throwable failure);
    }

    Scheduler(int harts, Decisions decisions) {
        this.harts = harts;
        this.decisions = decisions;
        this.threads = new Thread[harts];
        this.caller = Thread.currentThread();
        for (int hart = 0; hart < harts; hart++) {
            int self = hart;
            threads[hart] = Thread.ofVirtual().name("hart " + hart).unstarted(() -> live(self));
        }
    }

    /**
     * Runs executions until there is none left.
     *
     * @throws CancellationException if the calling thread is interrupted, which stays so; the execution under way ends first
     * @throws ClassifierBroke if a classifier of the race's own broke
     * @throws IllegalStateException if the explorer itself broke, with the cause
     */
    void runAll() {
        for (Thread thread : threads) {
            thread.start();
        }
        begin();
        handTo(decisions.next());
        boolean interrupted = false;
        while (!over) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
            stopping = interrupted;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while exploring");
        }
        Throwable cause = broken;
        if (cause != null) {
            throw switch (cause) {
                case ReplayDiverged diverged -> diverged;
                case ClassifierBroke classifier -> classifier;
                default -> new IllegalStateException("the explorer broke", cause);
            };
        }
    }

    /** Whether accesses belong to an execution. */
    boolean isExecuting() {
        return current != NOBODY;
    }

    /** The hart that runs now. */
    int hart() {
        return current;
    }

    /** The harts that have not finished, as a bit each. */
    int unfinished() {
        return ~finished & ((1 << harts) - 1);
    }

    /** Waits until {@code hart}, which runs, may do its pending access. */
    void awaitGrant(int hart) {
        if (abandoned) {
            throw new Abandoned();
        }
        int next = decisions.next();
        if (next == hart) {
            return;
        }
        if (next < 0) {
            abandoned = true;
        } else {
            handTo(next);
            awaitTurn(hart);
        }
        if (abandoned) {
            throw new Abandoned();
        }
        current = hart;
    }

    private void live(int hart) {
        try {
            awaitTurn(hart);
            while (!over) {
                runOnce(hart);
                int next = afterwards();
                if (next == NOBODY) {
                    end();
                } else if (next != hart) {
                    handTo(next);
                    awaitTurn(hart);
                }
            }
        } catch (Throwable thrown) {
            broken = thrown;
            end();
        }
    }

    private void runOnce(int hart) {
        current = hart;
        begun |= 1 << hart;
        try {
            decisions.run(hart);
        } catch (ReplayDiverged diverged) {
            throw diverged;
        } catch (Throwable thrown) {
            // What an actor's clean-up throws while an abandoned execution unwinds is no failure of its own.
            if (!abandoned) {
                failure = thrown;
                abandoned = true;
            }
        }
        finished |= 1 << hart;
    }

    /** Who runs after a hart has finished: another one of this execution, or the first of the next. */
    private int afterwards() {
        if (!abandoned) {
            int next = decisions.next();
            if (next >= 0) {
                return next;
            }
            abandoned = unfinished() != 0;
        }
        if (abandoned) {
            int left = begun & ~finished;
            if (left != 0) {
                return Integer.numberOfTrailingZeros(left);
            }
        }
        return nextExecution();
    }

    private int nextExecution() {
        current = NOBODY;
        while (decisions.executionEnds(failure) && !stopping) {
            begin();
            int first = decisions.next();
            if (first >= 0) {
                return first;
            }
        }
        return NOBODY;
    }

    private void begin() {
        begun = 0;
        finished = 0;
        abandoned = false;
        failure = null;
    }

    private void end() {
        over = true;
        LockSupport.unpark(caller);
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    private void handTo(int hart) {
        turn = hart;
        LockSupport.unpark(threads[hart]);
    }

    private void awaitTurn(int hart) {
        while (turn != hart && !over) {
            LockSupport.park(this);
        }
    }
}
