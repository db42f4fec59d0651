package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.riscv.SatpMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RwSemaphoreTest {
    private final MachineSpec spec = MachineSpec.of(SatpMode.SV39).withWaitBound(Duration.ofMillis(5));
    private final Machine machine = Machine.boot(RwSemaphore.addRegion(RwSemaphore.addRegion(spec, "one"), "other"));
    private final RwSemaphore semaphore = new RwSemaphore(machine, "one");

    @Test
    void readersShareAndKeepWritersOut() {
        semaphore.downRead();
        semaphore.downRead();
        semaphore.upRead();
        assertThrows(WaitExpired.class, semaphore::downWrite);
        semaphore.upRead();
        semaphore.downWrite();
    }

    @Test
    void aWriterKeepsEverybodyOut() {
        semaphore.downWrite();
        assertThrows(WaitExpired.class, semaphore::downRead);
        assertThrows(WaitExpired.class, semaphore::downWrite);
        semaphore.upWrite();
        semaphore.downRead();
    }

    @Test
    void whoFreesNotesThatItHasToWait() {
        Hart freer = machine.hart(0);
        semaphore.downWrite(freer);
        semaphore.upWrite();
        assertEquals(0, freer.sectionsFoundOpen());
        semaphore.downRead();
        semaphore.downRead(freer);
        assertEquals(0, freer.sectionsFoundOpen(), "readers share");
        assertThrows(WaitExpired.class, () -> semaphore.downWrite(freer));
        assertEquals(1, freer.sectionsFoundOpen());
    }

    @Test
    void eachNameIsASemaphoreOfItsOwn() {
        semaphore.downWrite();
        new RwSemaphore(machine, "other").downWrite();
    }
}
