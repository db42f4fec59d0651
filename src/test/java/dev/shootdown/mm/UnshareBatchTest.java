package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.mm.UnshareBatch.Broadcasts;
import dev.shootdown.mm.UnshareHugePmd.Wait;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.testing.MiniKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnshareBatchTest {
    private static final int TABLES = 2;
    private static final int FRAMES = 64;

    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel = MiniKernel.boot(spec(), fences.onAnyMachine());
    private final AddressSpace second =
            kernel.mm().another(kernel.machine(), new PageTables(kernel.machine(), MiniKernel.STRANGER));
    private final UnshareHugePmd sharing = new UnshareHugePmd(second, gather(second), Wait.NOBODY);

    private static MachineSpec spec() {
        return UnshareHugePmd.addRegion(MiniKernel.spec(SatpMode.SV39).withFrames(FRAMES));
    }

    private MmuGather gather(AddressSpace mm) {
        return new MmuGather(
                kernel.mutator(),
                mm,
                new RemovePage(),
                GatherSizes.of(kernel.tables().shape()));
    }

    private long addressOf(int table) {
        return kernel.address()
                + table * VirtualAddress.tableSpan(1, kernel.tables().shape());
    }

    @BeforeEach
    void shareTables() {
        second.tables().createRoot();
        for (int table = 0; table < TABLES; table++) {
            kernel.mm().mapHuge(addressOf(table), TableLevel.PMD);
            sharing.share(kernel.mm(), addressOf(table));
        }
    }

    private UnshareBatch batch(Broadcasts broadcasts) {
        return new UnshareBatch(kernel.mm(), gather(kernel.mm()), broadcasts);
    }

    private long interrupts() {
        return kernel.walker().interrupts(InterruptDelivery.BY_PROXY);
    }

    @ParameterizedTest
    @CsvSource({"EACH_TABLE, 2", "ONCE, 1", "AFTER_THE_SEMAPHORE, 1"})
    void interruptsAreSentForEachTableOrOnce(Broadcasts broadcasts, int interrupts) {
        batch(broadcasts).unshare(addressOf(0), TABLES);
        assertEquals(interrupts, interrupts());
    }

    @ParameterizedTest
    @CsvSource({"EACH_TABLE, 1", "ONCE, 1", "AFTER_THE_SEMAPHORE, 0"})
    void theFlushComesUnderTheSemaphoreUnlessItComesTooLate(Broadcasts broadcasts, long held) {
        List<Long> atFence = new ArrayList<>();
        long semaphore = kernel.machine().region("i_mmap_rwsem");
        fences.atEachFence(() -> atFence.add(kernel.machine().words().getOpaque(semaphore)));
        batch(broadcasts).unshare(addressOf(0), TABLES);
        assertEquals(List.of(held), atFence);
    }

    @Test
    void nobodyIsInterruptedForATableThatOthersGoOnSharing() {
        sharing.share(kernel.mm(), addressOf(0));
        batch(Broadcasts.ONCE).unshare(addressOf(0), 1);
        assertAll(
                () -> assertEquals(0, interrupts()),
                () -> assertEquals(List.of(FenceExtent.EVERYTHING), fences.extents()));
    }

    @Test
    void oneFlushThatCoversPointersComesAfterAllPuds() {
        List<Long> atFence = new ArrayList<>();
        fences.atEachFence(() -> {
            for (int table = 0; table < TABLES; table++) {
                atFence.add(kernel.tables().load(kernel.mm().parentOf(addressOf(table), TableLevel.PMD)));
            }
        });
        UnshareBatch batch = batch(Broadcasts.ONCE);
        batch.unshare(addressOf(0), TABLES);
        assertAll(
                () -> assertEquals(List.of(Pte.NONE, Pte.NONE), atFence),
                () -> assertEquals(List.of(FenceExtent.EVERYTHING), fences.extents()));
    }

    @Test
    void aTableIsReusedOnlyWhenItIsNotSharedAnyMore() {
        long page = Pte.ppn(kernel.tables().load(second.parentOf(addressOf(0), TableLevel.PTE)));
        sharing.reuse(addressOf(0));
        assertEquals(FrameKind.DATA, kernel.frames().kind(page), "still shared: left alone");
        UnshareBatch batch = batch(Broadcasts.ONCE);
        batch.unshare(addressOf(0), 1);
        sharing.reuse(addressOf(0));
        sharing.reuse(addressOf(1));
        assertAll(
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(page)),
                () -> assertEquals(MiniKernel.STRANGER, kernel.frames().owner(second.pageAt(addressOf(0)))),
                () -> assertEquals(
                        Pte.Kind.LEAF,
                        Pte.decode(kernel.tables().load(second.parentOf(addressOf(1), TableLevel.PTE)))));
    }

    @Test
    void whatNobodySharesIsLeftAlone() {
        UnshareBatch batch = batch(Broadcasts.ONCE);
        batch.unshare(addressOf(0), TABLES);
        fences.fences().clear();
        UnshareBatch again = batch(Broadcasts.ONCE);
        again.unshare(addressOf(0), TABLES);
        assertEquals(List.of(), fences.fences());
        assertEquals(1, interrupts());
    }
}
