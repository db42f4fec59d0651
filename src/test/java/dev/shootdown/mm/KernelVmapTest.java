package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.pagetable.MmapLock;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.Iommu;
import dev.shootdown.tlb.Tlb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelVmapTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel = MiniKernel.boot(
            Tlb.addRegion(MmapLock.addRegion(KernelTableWork.addRegion(MiniKernel.spec(SatpMode.SV39)))),
            fences.onAnyMachine());
    private final long address = kernel.address();
    private long table;

    @BeforeEach
    void mapAndUnmap() {
        kernel.mm().map(address);
        long end = address + kernel.pageBytes();
        new Munmap(kernel.mm(), kernel.gather(new RemovePage())).unmap(address, end, address, end);
        table = kernel.mm().tableAt(address, TableLevel.PTE);
        fences.fences().clear();
    }

    private void promote(TableFreeing freeing) {
        new KernelVmap(kernel.mm(), kernel.gather(freeing)).promote(address);
    }

    @Test
    void theTableGoesAfterTheFlushAndAHugePageTakesItsPlace() {
        List<FrameKind> atFence = new ArrayList<>();
        long pmd = kernel.entryAt(address, 1);
        fences.atEachFence(() -> {
            atFence.add(kernel.frames().kind(table));
            assertEquals(Pte.NONE, kernel.tables().load(pmd), "cleared, and not set yet");
        });
        promote(new RemovePage());
        assertAll(
                () -> assertEquals(List.of(FrameKind.DETACHED_TABLE), atFence),
                () -> assertEquals(List.of(FenceExtent.EVERYTHING), fences.extents()),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(table)),
                () -> assertEquals(Pte.Kind.LEAF, Pte.decode(kernel.tables().load(pmd))));
    }

    @Test
    void withoutATableThereIsNothingToFree() {
        long elsewhere = address + kernel.span(1);
        new KernelVmap(kernel.mm(), kernel.gather(new RemovePage())).promote(elsewhere);
        assertEquals(List.of(), fences.fences());
        assertEquals(Pte.Kind.LEAF, Pte.decode(kernel.tables().load(kernel.entryAt(elsewhere, 1))));
    }

    @Test
    void aDumpUnderWayIsWaitedForAfterTheFlush() {
        MmapLock lock = new MmapLock(kernel.machine());
        lock.lockWrite(kernel.walker());
        assertThrows(WaitExpired.class, () -> promote(new WaitForPtdump()));
        assertEquals(1, fences.fences().size());
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        lock.unlockWrite();
        lock.lockWrite(kernel.walker());
    }

    @Test
    void theWorkerTellsTheIommuAndThenFrees() {
        Tlb tlb = new Tlb(kernel.machine());
        new Iommu(kernel.machine()).bind(kernel.walker());
        tlb.fillPointer(kernel.walker(), address, kernel.tables().asid(), 1, Pte.table(table));
        promote(new FreeByWorker());
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table), "it waits");
        KernelTableWork work = KernelTableWork.of(kernel.machine()).orElseThrow();
        work.run(kernel.mutator());
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
        assertEquals(
                Tlb.MISS, tlb.pointer(kernel.walker(), address, kernel.tables().asid()));
        work.run(kernel.mutator());
    }

    @Test
    void anIommuThatIsNotBoundIsNotTold() {
        Tlb tlb = new Tlb(kernel.machine());
        tlb.fillPointer(kernel.walker(), address, kernel.tables().asid(), 1, Pte.table(table));
        new Iommu(kernel.machine()).invalidate(kernel.mutator());
        assertEquals(
                Pte.table(table),
                Tlb.entryOf(
                        tlb.pointer(kernel.walker(), address, kernel.tables().asid())));
    }

    @Test
    void theListIsShort() {
        KernelTableWork work = KernelTableWork.of(kernel.machine()).orElseThrow();
        for (int count = 0; count < 6; count++) {
            work.queue(table);
        }
        assertThrows(IllegalStateException.class, () -> work.queue(table));
    }
}
