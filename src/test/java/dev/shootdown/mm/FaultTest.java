package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final MiniKernel kernel =
            MiniKernel.boot(PageTableLocks.addRegion(MiniKernel.spec(SatpMode.SV39)), SmodeIpi::new);
    private final long address = kernel.address();
    private final PageTableLocks locks = new PageTableLocks(kernel.machine());
    private final Fault fault = new Fault(kernel.walker(), kernel.mm());

    @Test
    void aPageIsMappedIntoATableThatIsThere() {
        kernel.mm().map(address);
        fault.handle(address + kernel.pageBytes());
        long page = kernel.mm().pageAt(address + kernel.pageBytes());
        assertEquals(1, kernel.frames().refCount(page));
        assertEquals(3, kernel.tables().constructedTables());
        assertEquals(0, kernel.walker().peekContext(), "no reader is left");
    }

    @Test
    void aMissingTableIsHookedFirst() {
        kernel.mm().map(address ^ kernel.span(1));
        fault.handle(address);
        assertEquals(Pte.leaf(kernel.mm().pageAt(address)), kernel.tables().load(kernel.entryAt(address, 0)));
        assertEquals(4, kernel.tables().constructedTables());
    }

    @Test
    void whoComesSecondGivesHisPageBack() {
        long page = kernel.mm().map(address);
        fault.handle(address);
        assertEquals(page, kernel.mm().pageAt(address));
        assertEquals(FrameKind.FREED, kernel.frames().kind(page + 1));
    }

    @Test
    void theTableIsFilledUnderItsLock() {
        kernel.mm().map(address);
        locks.lockPte(kernel.mm().tableAt(address, TableLevel.PTE));
        Assertions.assertThrows(WaitExpired.class, () -> fault.handle(address + kernel.pageBytes()));
        assertEquals(Pte.NONE, kernel.tables().load(kernel.entryAt(address, 0) + Long.BYTES));
    }

    @Test
    void theTableIsHookedUnderTheLockAboveIt() {
        kernel.mm().map(address ^ kernel.span(1));
        assertTrue(locks.tryLockPmd());
        Assertions.assertThrows(WaitExpired.class, () -> fault.handle(address));
        assertEquals(3, kernel.tables().constructedTables());
    }
}
