package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.rcu.RcuReadLock;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RcuWalkTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final long address = kernel.address();

    private RcuWalk walker(WalkProbe probe) {
        return new RcuWalk(kernel.walker(), kernel.rcu(), kernel.tables(), probe);
    }

    @Test
    void aPageIsPinnedAndUnpinned() {
        long page = kernel.mm().map(address);
        RcuWalk walk = walker(WalkProbe.NONE);
        assertEquals(WalkOutcome.PINNED, walk.pin(address));
        assertEquals(2, kernel.frames().refCount(page));
        assertEquals(page, walk.descent().pinnedFrame());
        walk.unpin();
        assertEquals(1, kernel.frames().refCount(page));
        assertEquals(WalkOutcome.NOT_PRESENT, walk.pin(0));
    }

    @Test
    void aWalkHoldsOffAGracePeriod() {
        kernel.mm().map(address);
        walker(new Interloper(
                        0,
                        () -> assertThrows(WaitExpired.class, () -> kernel.rcu().synchronize(kernel.mutator()))))
                .pin(address);
        kernel.rcu().synchronize(kernel.mutator());
    }

    @Test
    void anInterruptRunsInTheMiddleOfAWalk() {
        kernel.mm().map(address);
        long[] context = new long[1];
        WalkOutcome outcome = walker(new Interloper(0, () -> {
                    kernel.gather((gather, table) -> {}).interruptAllHarts();
                    context[0] = kernel.walker().peekContext();
                }))
                .pin(address);
        assertEquals(WalkOutcome.PINNED, outcome);
        assertEquals(1, kernel.walker().interrupts(InterruptDelivery.BY_PROXY));
        assertEquals(ContextWord.RCU_READER, context[0] & ContextWord.READER, "interrupts on, one reader");
    }

    @Test
    void aWalkInsideAReaderIsFine() {
        kernel.mm().map(address);
        try (RcuReadLock outer = kernel.rcu().readLock(kernel.walker())) {
            assertEquals(WalkOutcome.PINNED, walker(WalkProbe.NONE).pin(address));
            outer.requireHeld();
        }
        kernel.rcu().synchronize(kernel.mutator());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bothEntriesAreCheckedAgain(int level) {
        long page = kernel.mm().map(address);
        long entry = kernel.entryAt(address, level);
        Interloper unmapper =
                new Interloper(WalkProbe.PIN, () -> kernel.tables().getAndClear(entry));
        assertEquals(WalkOutcome.RETRY, walker(unmapper).pin(address));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void anErrorEndsTheSection() {
        assertThrows(
                IllegalArgumentException.class, () -> walker(WalkProbe.NONE).pin(1L << 20));
        kernel.rcu().synchronize(kernel.mutator());
    }
}
