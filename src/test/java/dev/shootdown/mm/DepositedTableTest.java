package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the pte table that a collapse deposits under the huge page. */
class DepositedTableTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel =
            MiniKernel.boot(DepositedTable.addRegion(MiniKernel.spec(SatpMode.SV39)), fences.onAnyMachine());
    private final long address = kernel.address();
    private final MmuGather gather = kernel.gather(new RemovePage());
    private final DepositedTable deposit = new DepositedTable(kernel.machine());

    /** Maps a page, collapses it, and returns the frame of the table that mapped it. */
    private long collapsed() {
        kernel.mm().map(address);
        long table = kernel.mm().tableAt(address, TableLevel.PTE);
        new Collapse(kernel.mm(), gather).collapse(address, deposit);
        return table;
    }

    private long pmd() {
        return kernel.tables().load(kernel.entryAt(address, 1));
    }

    @Test
    void aCollapseMapsAHugePageAndKeepsTheTable() {
        long table = collapsed();
        assertEquals(Pte.Kind.LEAF, Pte.decode(pmd()));
        assertEquals(FrameKind.TABLE, kernel.frames().kind(table));
        assertEquals(3, kernel.tables().constructedTables());
    }

    @ParameterizedTest
    @EnumSource(PteRelease.class)
    void aZapFreesThePageAndTheTable(PteRelease release) {
        long table = collapsed();
        long page = Pte.ppn(pmd());
        new ZapHugePmd(kernel.mm(), gather, deposit, release).zap(address);
        FrameKind atOnce = release == PteRelease.PTE_FREE_DEFER ? FrameKind.DETACHED_TABLE : FrameKind.FREED;
        assertEquals(atOnce, kernel.frames().kind(table));
        kernel.rcu().barrier(kernel.mutator());
        assertAll(
                () -> assertEquals(Pte.NONE, pmd()),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(table)),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(page)),
                () -> assertEquals(2, kernel.tables().constructedTables()));
    }

    @Test
    void theTableGoesBeforeTheFlushOfTheZap() {
        long table = collapsed();
        fences.atEachFence(() -> assertEquals(FrameKind.FREED, kernel.frames().kind(table), "as zap_huge_pmd does it"));
        new ZapHugePmd(kernel.mm(), gather, deposit, PteRelease.PTE_FREE).zap(address);
    }

    @Test
    void aSplitHooksTheSameTableWithTheHugePagesPages() {
        long table = collapsed();
        long page = Pte.ppn(pmd());
        new SplitHugePmd(kernel.mm(), gather, deposit).split(address);
        assertAll(
                () -> assertEquals(Pte.table(table), pmd()),
                () -> assertEquals(page + 1, kernel.mm().pageAt(address)),
                () -> assertEquals(page, kernel.mm().pageAt(address - kernel.pageBytes())),
                () -> assertEquals(3, kernel.tables().constructedTables()));
    }

    @Test
    void noEntryLeadsToTheTableWhileASplitFillsIt() {
        collapsed();
        fences.atEachFence(() -> assertEquals(Pte.NONE, pmd()));
        new SplitHugePmd(kernel.mm(), gather, deposit).split(address);
    }
}
