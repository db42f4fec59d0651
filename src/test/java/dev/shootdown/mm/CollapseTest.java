package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollapseTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel =
            MiniKernel.boot(Collapse.addRegion(MiniKernel.spec(SatpMode.SV39)), fences.onAnyMachine());
    private final long address = kernel.address();
    private final Collapse collapse = new Collapse(kernel.mm(), kernel.gather(new RemovePage()));

    @Test
    void thePmdIsClearedThePtesStayAndThePagesGoAfterTheFence() {
        long first = kernel.mm().map(address);
        long second = kernel.mm().map(address + kernel.pageBytes());
        long pmd = kernel.entryAt(address, 1);
        long pte = kernel.entryAt(address, 0);
        long table = kernel.mm().tableAt(address, TableLevel.PTE);
        List<FrameKind> atFence = new ArrayList<>();
        fences.atEachFence(() -> {
            atFence.add(kernel.frames().kind(first));
            assertEquals(Pte.NONE, kernel.tables().load(pmd), "cleared before the fence");
        });

        collapse.collapse(address);

        assertAll(
                () -> assertEquals(List.of(FrameKind.DATA), atFence),
                () -> assertEquals(List.of(FenceExtent.EVERYTHING), fences.extents()),
                () -> assertEquals(Pte.NONE, kernel.tables().load(pmd)),
                () -> assertEquals(Pte.leaf(first), kernel.tables().load(pte)),
                () -> assertEquals(Pte.leaf(second), kernel.tables().load(pte + Long.BYTES)),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(first)),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(second)),
                () -> assertEquals(FrameKind.TABLE, kernel.frames().kind(table), "deposited, not freed"),
                () -> assertEquals(3, kernel.tables().constructedTables()));
    }

    @Test
    void aPinnedPageIsKept() {
        long page = kernel.mm().map(address);
        kernel.frames().tryGet(page, 1);
        collapse.collapse(address);
        assertEquals(FrameKind.DATA, kernel.frames().kind(page));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void anyAddressOfTheTableWillDo() {
        long page = kernel.mm().map(address);
        collapse.collapse((address & -kernel.span(1)) + 7 * kernel.pageBytes());
        assertEquals(FrameKind.FREED, kernel.frames().kind(page));
    }
}
