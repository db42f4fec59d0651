package dev.shootdown.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.IpiFunction;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import dev.shootdown.testing.BlockedHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class RcuReadLockTest {
    private final Machine machine = Machine.boot(Rcu.addRegion(MachineSpec.of(SatpMode.SV39)));
    private final Rcu rcu = new Rcu(machine);
    private final BlockedHandler blocked = new BlockedHandler(machine);
    private final Hart other = machine.hart(0);
    private final Hart hart = machine.hart(1);

    @Test
    void readersNest() {
        RcuReadLock outer = rcu.readLock(hart);
        RcuReadLock inner = rcu.readLock(hart);
        assertSame(hart, inner.hart());
        assertEquals(2 * ContextWord.RCU_READER, hart.peekContext());
        inner.close();
        assertEquals(ContextWord.RCU_READER, hart.peekContext());
        outer.requireHeld();
        outer.close();
        assertEquals(0, hart.peekContext());
    }

    @Test
    void aReaderKeepsInterruptsOn() {
        RcuReadLock reader = rcu.readLock(hart);
        Ipi ipi = machine.ipi(IpiFunction.NOTHING);
        ipi.call(other, hart.bit());
        assertEquals(ContextWord.RCU_READER, hart.peekContext() & ContextWord.READER, "it ran inside the reader");
        reader.close();
    }

    @Test
    void aReaderMayTurnInterruptsOff() {
        RcuReadLock reader = rcu.readLock(hart);
        InterruptsOff section = hart.interruptsOff();
        RcuReadLock inner = rcu.readLock(hart);
        assertEquals(ContextWord.INTERRUPTS_OFF | 2 * ContextWord.RCU_READER, hart.peekContext());
        inner.close();
        section.close();
        reader.close();
        assertEquals(0, hart.peekContext());
    }

    @Test
    void unlockingWithoutLockIsAnError() {
        RcuReadLock reader = rcu.readLock(hart);
        reader.close();
        var thrown = assertThrows(IllegalStateException.class, reader::close);
        assertEquals("rcu_read_lock is not held by hart 1", thrown.getMessage());
        assertThrows(IllegalStateException.class, reader::requireHeld);
        assertEquals(0, hart.peekContext(), "the second unlock changed nothing");
    }

    @Test
    void nestingEndsAtTheWidthOfItsField() {
        for (int depth = 0; depth < ContextWord.MAX_RCU_NESTING; depth++) {
            rcu.readLock(hart);
        }
        assertEquals(ContextWord.RCU_NESTING, hart.peekContext());
        var thrown = assertThrows(IllegalStateException.class, () -> rcu.readLock(hart));
        assertEquals("rcu_read_lock of hart 1 is nested 255 deep already", thrown.getMessage());
        assertEquals(ContextWord.RCU_NESTING, hart.peekContext(), "nothing spilled over");
    }

    @Test
    void aReaderStartsOnlyAfterTheHandlerThatRuns() throws InterruptedException {
        Actor<Void> sending = blocked.enter(other, hart);
        Actor<RcuReadLock> reader = Actor.compute("reader", () -> rcu.readLock(hart));
        reader.assertWaits();
        assertEquals(ContextWord.IN_HANDLER, hart.peekContext());
        blocked.release();
        reader.finish().requireHeld();
        sending.finish();
    }

    @Test
    void aReaderMaySendNoWaitedInterrupt() {
        Ipi ipi = machine.ipi(IpiFunction.NOTHING);
        RcuReadLock reader = rcu.readLock(hart);
        var thrown = assertThrows(IllegalStateException.class, () -> ipi.call(hart, other.bit()));
        assertEquals(
                "hart 1 may not wait for an inter-processor interrupt here"
                        + " [interrupts on, rcu nesting 1, requests 0x0, 0 handler runs]",
                thrown.getMessage());
        reader.close();
        ipi.call(hart, other.bit());
    }

    @Test
    void aMachineModeFenceIgnoresReaders() {
        RcuReadLock reader = rcu.readLock(hart);
        hart.machineModeFence(other, FenceExtent.EVERYTHING);
        assertEquals(1, other.sectionsFoundOpen());
        reader.close();
    }
}
