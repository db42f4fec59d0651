package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.mm.RetractTables.Locks;
import dev.shootdown.pagetable.RwSemaphore;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetractTablesTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel =
            MiniKernel.boot(RetractTables.addRegion(MiniKernel.spec(SatpMode.SV39)), fences.onAnyMachine());
    private final long address = kernel.address();
    private final RwSemaphore mmapLock = new RwSemaphore(kernel.machine(), RetractTables.MMAP_LOCK);
    private final RwSemaphore iMmap = new RwSemaphore(kernel.machine(), RetractTables.I_MMAP);

    /** A table whose entries are clear. */
    private long emptyTable() {
        long page = kernel.mm().map(address);
        kernel.tables().getAndClear(kernel.entryAt(address, 0));
        kernel.frames().put(page, 1);
        return kernel.mm().tableAt(address, TableLevel.PTE);
    }

    private RetractTables retraction(Locks locks, PteRelease release) {
        return new RetractTables(kernel.mm(), kernel.gather(new RemovePage()), locks, release);
    }

    @ParameterizedTest
    @EnumSource(PteRelease.class)
    void thePmdIsClearedFlushedAndTheTableGoes(PteRelease release) {
        long table = emptyTable();
        fences.atEachFence(() -> {
            assertEquals(Pte.NONE, kernel.tables().load(kernel.entryAt(address, 1)));
            assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        });
        retraction(Locks.MMAP_LOCK_AND_I_MMAP, release).retract(address);
        kernel.rcu().barrier(kernel.mutator());
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
        assertEquals(2, kernel.tables().constructedTables());
    }

    @Test
    void mmapLockAloneKeepsOutWhoHoldsIt() {
        emptyTable();
        iMmap.downRead();
        mmapLock.downRead();
        RetractTables alone = retraction(Locks.MMAP_LOCK_ALONE, PteRelease.PTE_FREE);
        assertThrows(WaitExpired.class, () -> alone.retract(address));
        mmapLock.upRead();
        alone.retract(address);
    }

    @Test
    void bothKeepOutWhoHoldsEither() {
        emptyTable();
        iMmap.downRead();
        assertThrows(
                WaitExpired.class,
                () -> retraction(Locks.MMAP_LOCK_AND_I_MMAP, PteRelease.PTE_FREE)
                        .retract(address));
    }

    @Test
    void toReadKeepsNobodyOut() {
        emptyTable();
        iMmap.downRead();
        mmapLock.downRead();
        retraction(Locks.I_MMAP_TO_READ, PteRelease.PTE_FREE_DEFER).retract(address);
        iMmap.upRead();
        iMmap.downWrite();
    }
}
