package dev.shootdown.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

/**
 * A thread of a test. It is joined within a bound and what it threw is rethrown, so no test can hang or lose a failure.
 *
 * @param <R> what the thread computes
 */
public final class Actor<R> {
    private static final Duration BOUND = Duration.ofSeconds(8);
    private static final Duration LONG_ENOUGH_TO_FINISH = Duration.ofMillis(20);

    private final FutureTask<R> task;
    private final Thread thread;

    private Actor(String name, Callable<R> body) {
        this.task = new FutureTask<>(body);
        this.thread = Thread.ofPlatform().daemon().name(name).start(task);
    }

    /** What a thread does that computes nothing. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /** Starts a thread that does {@code body}. */
    public static Actor<Void> start(String name, Body body) {
        return new Actor<>(name, () -> {
            body.run();
            return null;
        });
    }

    /** Starts a thread that computes something. */
    public static <R> Actor<R> compute(String name, Callable<R> body) {
        return new Actor<>(name, body);
    }

    /** Waits, within a bound, until {@code condition} holds. */
    public static void await(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - started < BOUND.toNanos(), "the condition did not come true in " + BOUND);
            Thread.yield();
        }
    }

    /** Fails if the thread ends, having had the time to. */
    public void assertWaits() throws InterruptedException {
        assertFalse(thread.join(LONG_ENOUGH_TO_FINISH), () -> thread.getName() + " did not wait: " + task);
    }

    /** Waits for the thread's end, and returns what it computed. */
    public R finish() throws InterruptedException {
        assertTrue(thread.join(BOUND), () -> thread.getName() + " did not end within " + BOUND);
        assertEquals(FutureTask.State.SUCCESS, task.state(), this::failure);
        return task.resultNow();
    }

    private String failure() {
        try {
            return thread.getName() + " computed " + task.get();
        } catch (ExecutionException thrown) {
            throw new AssertionError(thread.getName() + " threw", thrown.getCause());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
