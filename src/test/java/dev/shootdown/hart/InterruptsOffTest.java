package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import dev.shootdown.testing.BlockedHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class InterruptsOffTest {
    private final Machine machine = Machine.boot(MachineSpec.of(SatpMode.SV39));
    private final BlockedHandler handler = new BlockedHandler(machine);
    private final Hart sender = machine.hart(0);
    private final Hart hart = machine.hart(1);

    @Test
    void aSectionTurnsTheBitOnAndOff() {
        InterruptsOff section = hart.interruptsOff();
        assertEquals(ContextWord.INTERRUPTS_OFF, hart.peekContext());
        assertSame(hart, section.hart());
        section.requireOpen();
        section.close();
        assertEquals(0, hart.peekContext());
    }

    @Test
    void aSectionConcernsItsOwnHartOnly() {
        InterruptsOff section = hart.interruptsOff();
        assertEquals(0, sender.peekContext());
        section.close();
    }

    @Test
    void sectionsDoNotNest() {
        InterruptsOff section = hart.interruptsOff();
        var thrown = assertThrows(IllegalStateException.class, hart::interruptsOff);
        assertEquals(
                "interrupts of hart 1 are off already [interrupts off, rcu nesting 0, requests 0x0, 0 handler runs]",
                thrown.getMessage());
        section.close();
        assertEquals(0, hart.peekContext());
    }

    @Test
    void aClosedSectionIsNoSection() {
        InterruptsOff section = hart.interruptsOff();
        section.close();
        var thrown = assertThrows(IllegalStateException.class, section::requireOpen);
        assertEquals("the interrupts-off section of hart 1 is closed", thrown.getMessage());
        assertThrows(IllegalStateException.class, section::close);
        assertEquals(0, hart.peekContext(), "the second close changed nothing");
    }

    @Test
    void aSectionStartsOnlyAfterTheHandlerThatRuns() throws InterruptedException {
        Actor<Void> sending = handler.enter(sender, hart);
        assertEquals(ContextWord.IN_HANDLER, hart.peekContext());

        Actor<Void> walker = Actor.start("walker", hart::interruptsOff);
        walker.assertWaits();
        assertEquals(ContextWord.IN_HANDLER, hart.peekContext(), "interrupts are on as long as it runs");

        handler.release();
        walker.finish();
        sending.finish();
        assertTrue((hart.peekContext() & ContextWord.INTERRUPTS_OFF) != 0);
    }

    @Test
    void aHardwareWalkIsOneSection() {
        HardwareWalkSection walk = hart.hardwareWalk();
        assertEquals(ContextWord.HARDWARE_WALK, hart.peekContext());
        var thrown = assertThrows(IllegalStateException.class, hart::hardwareWalk);
        assertTrue(
                thrown.getMessage().startsWith("hart 1 is in a hardware walk already [interrupts on, hardware walk,"));
        walk.close();
        assertEquals(0, hart.peekContext());
    }
}
