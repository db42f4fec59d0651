package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocksTest {
    private static final int ROUNDS = 2_000;

    private final MachineSpec spec = MachineSpec.of(SatpMode.SV39).withWaitBound(Duration.ofMillis(5));
    private final Machine machine = machineOf(spec);
    private final PageTableLocks locks = new PageTableLocks(machine);
    private final MmapLock mmapLock = new MmapLock(machine);
    private final Hart hart = machine.hart(0);
    private final long table = machine.memory().firstFrame();

    private static Machine machineOf(MachineSpec spec) {
        return Machine.boot(MmapLock.addRegion(PageTableLocks.addRegion(spec)));
    }

    @Test
    void aLockIsHeldByOneAtATime() {
        locks.lockPte(table);
        assertThrows(WaitExpired.class, () -> locks.lockPte(table));
        locks.unlockPte(table);
        locks.lockPte(table);
    }

    @Test
    void everyTableHasALockOfItsOwnAndTheUpperLevelsOneTogether() {
        locks.lockPte(table);
        locks.lockPte(table + 1);
        assertTrue(locks.tryLockPmd());
        assertFalse(locks.tryLockPmd());
        locks.unlockPmd();
        locks.lockPmd();
        assertThrows(WaitExpired.class, locks::lockPmd);
    }

    @Test
    void whoHasTheMmapLockForWritingHasItAlone() {
        mmapLock.lockWrite(hart);
        assertThrows(WaitExpired.class, () -> mmapLock.lockRead(hart));
        assertThrows(WaitExpired.class, () -> mmapLock.lockWrite(hart));
        mmapLock.unlockWrite();
        mmapLock.lockRead(hart);
        mmapLock.lockRead(hart);
        mmapLock.unlockRead();
        assertThrows(WaitExpired.class, () -> mmapLock.lockWrite(hart));
        mmapLock.unlockRead();
        mmapLock.lockWrite(hart);
    }

    @Test
    void aReaderNotesThatItFoundAWriter() {
        mmapLock.lockRead(hart);
        assertEquals(0, hart.sectionsFoundOpen());
        mmapLock.unlockRead();
        mmapLock.lockWrite(hart);
        assertThrows(WaitExpired.class, () -> mmapLock.lockRead(hart));
        assertEquals(1, hart.sectionsFoundOpen());
    }

    @Test
    void nobodySleepsWithInterruptsOff() {
        try (InterruptsOff section = hart.interruptsOff()) {
            section.requireOpen();
            assertThrows(IllegalStateException.class, () -> mmapLock.lockWrite(hart));
            assertThrows(IllegalStateException.class, () -> mmapLock.lockRead(hart));
        }
    }

    @Test
    void whatIsDoneUnderTheLocksIsNotLost() throws InterruptedException {
        Machine patient = machineOf(spec.withWaitBound(Duration.ofSeconds(8)));
        long word = patient.memory().offsetOfFrame(table);
        patient.words().set(word, 0);
        Actor<Void> first = Actor.start("first", () -> count(patient, 0, word));
        count(patient, 1, word);
        first.finish();
        assertEquals(4 * ROUNDS, patient.words().get(word));
    }

    private void count(Machine patient, int hartId, long word) {
        PageTableLocks spinlocks = new PageTableLocks(patient);
        MmapLock semaphore = new MmapLock(patient);
        for (int round = 0; round < ROUNDS; round++) {
            semaphore.lockRead(patient.hart(hartId));
            spinlocks.lockPte(table);
            patient.words().set(word, patient.words().get(word) + 1);
            spinlocks.unlockPte(table);
            semaphore.unlockRead();
            semaphore.lockWrite(patient.hart(hartId));
            patient.words().set(word, patient.words().get(word) + 1);
            semaphore.unlockWrite();
        }
    }
}
