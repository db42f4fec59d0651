package dev.shootdown.memory;

import static dev.shootdown.memory.TestMemory.OWNER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.testing.Actor;
import dev.shootdown.testing.SpinBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ConcurrentFramesTest {
    private static final int FRAMES = 1000;

    private final AtomicInteger frees = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void ofTwoFreesAtOnceExactlyOneSucceeds() throws InterruptedException {
        TestMemory test = TestMemory.of(FRAMES, AllocatorMode.QUARANTINE);
        for (int frame = 0; frame < FRAMES; frame++) {
            test.allocateKernel();
        }
        onEveryFrameByTwoThreads(test, frame -> free(test, frame));

        assertEquals(FRAMES, frees.get());
        assertEquals(FRAMES, refusals.get());
        assertGeneration(1, test);
    }

    private void free(TestMemory test, long frame) {
        try {
            test.memory().free(frame);
            frees.incrementAndGet();
        } catch (FrameMisuse misuse) {
            refusals.incrementAndGet();
            assertTrue(misuse.getMessage().matches("(double|concurrent) free of .*"), misuse.getMessage());
        }
    }

    @Test
    void whoeverDropsTheLastReferenceIsAloneInFreeingThePage() throws InterruptedException {
        TestMemory test = TestMemory.of(FRAMES, AllocatorMode.QUARANTINE);
        for (int frame = 0; frame < FRAMES; frame++) {
            test.frameTable().tryGet(test.memory().allocate(FrameKind.DATA, OWNER), 1);
        }
        onEveryFrameByTwoThreads(test, frame -> drop(test, frame));

        assertEquals(FRAMES, frees.get());
        assertGeneration(1, test);
    }

    @Test
    void noReferenceIsTakenOnceTheLastWasDropped() throws InterruptedException {
        TestMemory test = TestMemory.of(FRAMES, AllocatorMode.QUARANTINE);
        for (int frame = 0; frame < FRAMES; frame++) {
            test.memory().allocate(FrameKind.DATA, OWNER);
        }
        Thread dropper = Thread.currentThread();
        onEveryFrameByTwoThreads(test, frame -> {
            if (Thread.currentThread() == dropper || test.frameTable().tryGet(frame, 1)) {
                drop(test, frame);
            }
        });

        assertEquals(FRAMES, frees.get());
        assertGeneration(1, test);
    }

    private void drop(TestMemory test, long frame) {
        assertEquals(FrameKind.DATA, test.frameTable().kind(frame), "a page with references is not freed");
        if (test.frameTable().put(frame, 1) == 0) {
            test.memory().free(frame);
            frees.incrementAndGet();
        }
    }

    private static void assertGeneration(long generation, TestMemory test) {
        long first = test.memory().firstFrame();
        for (long frame = first; frame < first + FRAMES; frame++) {
            assertEquals(generation, test.frameTable().generation(frame));
        }
    }

    private static void onEveryFrameByTwoThreads(TestMemory test, LongConsumer action) throws InterruptedException {
        SpinBarrier barrier = new SpinBarrier();
        Actor.Body walk = () -> {
            long first = test.memory().firstFrame();
            for (long frame = first; frame < first + FRAMES; frame++) {
                barrier.meet();
                action.accept(frame);
            }
        };
        Actor<Void> other = Actor.start("other", walk);
        try {
            walk.run();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        other.finish();
    }

    @Test
    void twoAllocatorsNeverGetTheSameFrame() throws InterruptedException {
        TestMemory test = TestMemory.of(8, AllocatorMode.RECYCLE);
        AtomicLong held = new AtomicLong();
        Actor.Body churn = () -> {
            for (int turn = 0; turn < 3000; turn++) {
                long frame = test.allocateKernel();
                long bit = 1L << frame;
                assertEquals(0, held.getAndAccumulate(bit, (all, mine) -> all | mine) & bit, "held by both");
                held.getAndAccumulate(bit, (all, mine) -> all & ~mine);
                test.memory().free(frame);
            }
        };
        Actor<Void> one = Actor.start("one", churn);
        Actor<Void> two = Actor.start("two", churn);
        one.finish();
        two.finish();
    }
}
