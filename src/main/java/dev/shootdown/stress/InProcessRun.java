package dev.shootdown.stress;

import dev.shootdown.race.ClassifierBroke;
import dev.shootdown.race.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A race stressed in this VM: a daemon thread for each actor, which run through batches of samples side by side and meet at
 * a barrier before and after each batch. The first of them also takes the samples and gives them back. The caller only
 * waits: threads, machines and statistics go with the run, whatever thread asked for it.
 */
final class InProcessRun {
    private static final int BATCH = 128;

    private final StressRig rig;
    private final Race race;
    private final long patienceNanos;
    private final StressSample[] batch = new StressSample[BATCH];
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CyclicBarrier barrier;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable IllegalStateException> failure = new AtomicReference<>();
    private final AtomicLong batches = new AtomicLong();
    private volatile boolean stopping;
    /** Written by the first actor before it meets the others for the last time. */
    private boolean finished;

    InProcessRun(StressRig rig, Duration patience) {
        this.rig = rig;
        this.race = rig.race();
        this.patienceNanos = patience.toNanos();
        this.barrier = new CyclicBarrier(race.actors());
    }

    /** How often each outcome came out. */
    SortedMap<String, Long> outcomes() {
        return outcomes;
    }

    /**
     * Takes samples for that long, and one batch at least; or until the caller is interrupted.
     *
     * @throws IllegalStateException if an actor or a classifier threw, or the run got stuck
     */
    void perform(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        threads.add(thread(0, () -> lead(end)));
        for (int hart = 1; hart < race.actors(); hart++) {
            int own = hart;
            threads.add(thread(own, () -> follow(own)));
        }
        threads.forEach(Thread::start);
        awaitTheEnd();
        IllegalStateException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        if (rig.outstanding() != 0) {
            throw new IllegalStateException(
                    "stressing " + race.id() + " did not give back " + Numbers.counted(rig.outstanding(), "machine"));
        }
    }

    private Thread thread(int hart, Runnable body) {
        String role = role(hart);
        return Thread.ofPlatform().daemon().name("shootdown " + role).unstarted(() -> guard(role, body));
    }

    private String role(int hart) {
        if (hart == 1) {
            return "mutator";
        }
        int walkers = race.conditions().walkers();
        if (hart <= walkers) {
            return walkers == 1 ? "walker" : "walker " + Math.max(hart - 1, 0);
        }
        return "third actor";
    }

    // ---- On the actors' threads.

    private void lead(long end) {
        do {
            for (int sample = 0; sample < BATCH; sample++) {
                batch[sample] = rig.checkout();
            }
            meet();
            runBatch(0);
            meet();
            for (StressSample sample : batch) {
                outcomes.merge(sample.finish(), 1L, Long::sum);
            }
            batches.incrementAndGet();
        } while (!stopping && System.nanoTime() - end < 0);
        finished = true;
        meet();
        over.countDown();
    }

    private void follow(int hart) {
        meet();
        while (!finished) {
            runBatch(hart);
            meet();
            meet();
        }
    }

    private void runBatch(int hart) {
        for (StressSample sample : batch) {
            if (failure.get() != null) {
                throw new Abandoned(null);
            }
            sample.act(hart);
        }
    }

    private void meet() {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new Abandoned(e);
        }
    }

    private void guard(String role, Runnable body) {
        try {
            body.run();
        } catch (Abandoned e) {
            // Normally no news: who gave the run up has said why. An actor that interrupts its own thread has not.
            giveUp(new IllegalStateException("the " + role + " of " + race.id() + " was interrupted under stress", e));
        } catch (ClassifierBroke e) {
            giveUp(e);
        } catch (Throwable e) {
            giveUp(new IllegalStateException("the " + role + " of " + race.id() + " threw under stress: " + e, e));
        }
    }

    /** Has every actor end as soon as its sample lets it; an interrupt breaks the barrier for good. */
    private void giveUp(IllegalStateException why) {
        failure.compareAndSet(null, why);
        threads.forEach(Thread::interrupt);
        over.countDown();
    }

    /** Thrown on an actor's thread when the run has been given up. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned(@Nullable Throwable cause) {
            super("the run was given up", cause);
        }
    }

    // ---- On the caller's thread.

    private void awaitTheEnd() {
        boolean interrupted = false;
        boolean ended = false;
        try {
            while (!ended) {
                long before = batches.get();
                try {
                    ended = over.await(patienceNanos, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopping = true;
                    continue;
                }
                if (!ended && batches.get() == before) {
                    giveUp(stuck());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IllegalStateException stuck() {
        StringBuilder text = new StringBuilder("stressing " + race.id() + " got stuck: waited "
                + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms for the end of a batch of " + BATCH + " samples");
        for (Thread thread : threads) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (!isAtTheBarrier(stack)) {
                text.append("\n\"").append(thread.getName()).append("\" is at");
                for (StackTraceElement frame : stack) {
                    text.append("\n    ").append(frame);
                }
            }
        }
        return new IllegalStateException(text.toString());
    }

    private static boolean isAtTheBarrier(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(CyclicBarrier.class.getName())) {
                return true;
            }
        }
        return false;
    }
}
