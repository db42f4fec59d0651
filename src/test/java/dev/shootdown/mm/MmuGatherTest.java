package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.testing.MiniKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmuGatherTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel =
            MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withFrames(96), fences.onAnyMachine());
    private final long address = kernel.address() & -kernel.span(1);
    private final GatherSizes kernelSizes = GatherSizes.of(TableShape.COMPACT);

    private long[] mapPages(int count) {
        long[] pages = new long[count];
        for (int page = 0; page < count; page++) {
            pages[page] = kernel.mm().map(address + page * kernel.pageBytes());
        }
        return pages;
    }

    private void unmapPages(int count, MmuGather gather) {
        new Munmap(kernel.mm(), gather).unmap(address, address + count * kernel.pageBytes(), 0, 0);
    }

    private long freed(long[] frames) {
        long freed = 0;
        for (long frame : frames) {
            freed += kernel.frames().kind(frame) == FrameKind.FREED ? 1 : 0;
        }
        return freed;
    }

    @Test
    void theSizesAreTheKernels() {
        assertEquals(
                new GatherSizes(8, 510, 19, 509, BatchAllocation.SUCCEEDS), GatherSizes.of(TableShape.ARCHITECTURAL));
        assertEquals(new GatherSizes(8, 6, 19, 5, BatchAllocation.SUCCEEDS), GatherSizes.of(TableShape.COMPACT));
    }

    @Test
    void aGatherNeedsRoomForOne() {
        assertAll(
                () -> assertThrows(IllegalArgumentException.class, () -> kernelSizes.withBundleOnly(0)),
                () -> assertThrows(IllegalArgumentException.class, () -> kernelSizes.withTablesPerBatch(0)),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new GatherSizes(1, 0, 1, 1, BatchAllocation.SUCCEEDS)),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new GatherSizes(1, 1, -1, 1, BatchAllocation.SUCCEEDS)));
    }

    @Test
    void aFullBundleIsFlushedAndThenFreed() {
        long[] pages = mapPages(5);
        List<Long> freedAtFence = new ArrayList<>();
        fences.atEachFence(() -> freedAtFence.add(freed(pages)));
        unmapPages(5, kernel.gather(new RemovePage(), kernelSizes.withBundleOnly(2)));
        // Two pages, two pages, then page five with the pte table; then the pmd table.
        assertEquals(List.of(0L, 2L, 4L, 5L), freedAtFence);
        assertEquals(5, freed(pages));
        assertEquals(
                List.of(FenceExtent.RANGE, FenceExtent.RANGE, FenceExtent.EVERYTHING, FenceExtent.EVERYTHING),
                fences.extents());
        assertEquals(address, fences.fences().getFirst().start());
        assertEquals(2 * kernel.pageBytes(), fences.fences().getFirst().size());
    }

    @ParameterizedTest
    @CsvSource({
        // bundle, pages a batch, batches, allocation, fences for 5 pages and 2 tables
        "7, 1, 0, SUCCEEDS, 1", "8, 6, 19, SUCCEEDS, 1", "2, 2, 1, SUCCEEDS, 2", "2, 1, 2, SUCCEEDS, 2",
        "2, 2, 1, FAILS, 4", "2, 6, 19, FAILS, 4", "2, 6, 19, SUCCEEDS, 1", "1, 1, 0, SUCCEEDS, 7"
    })
    void theNextBatchIsUsedAsLongAsOneCanBeAllocated(
            int bundle, int perBatch, int batches, BatchAllocation allocation, int expected) {
        mapPages(5);
        unmapPages(5, kernel.gather(new RemovePage(), new GatherSizes(bundle, perBatch, batches, 5, allocation)));
        assertEquals(expected, fences.fences().size());
        assertEquals(1, kernel.tables().constructedTables());
    }

    @Test
    void aGatherIsEmptyAgainAfterAFlush() {
        MmuGather gather = kernel.gather(new RemovePage(), kernelSizes.withBundleOnly(3));
        for (int round = 0; round < 3; round++) {
            long[] pages = mapPages(5);
            unmapPages(5, gather);
            assertEquals(5, freed(pages));
        }
        assertEquals(1, kernel.tables().constructedTables());
    }

    @Test
    void aFullTableBatchIsFlushedAndThenGivenToRcu() {
        mapPages(1);
        List<Long> queuedAtFence = new ArrayList<>();
        fences.atEachFence(() -> queuedAtFence.add(kernel.rcu().queued()));
        unmapPages(1, kernel.gather(new RemoveTable(new TableOneSyncRcu()), kernelSizes.withTablesPerBatch(1)));
        assertEquals(List.of(0L, 1L), queuedAtFence, "pte table, then pmd table");
        assertEquals(2, kernel.rcu().queued());
        kernel.rcu().barrier(kernel.mutator());
        assertNoFrameIsLeftBut(1);
    }

    private void assertNoFrameIsLeftBut(int expected) {
        long first = kernel.memory().firstFrame();
        int used = 0;
        for (long frame = first; frame < first + kernel.memory().frames(); frame++) {
            FrameKind kind = kernel.frames().kind(frame);
            used += kind == FrameKind.FREED || kind == FrameKind.UNUSED ? 0 : 1;
        }
        assertEquals(expected, used, "frames in use: the root, and what leaked");
    }

    @Test
    void aTableBatchHoldsAsManyAsFitInAFrame() {
        for (int table = 0; table < 6; table++) {
            kernel.mm().map(address + table * kernel.span(1));
        }
        MmuGather gather = kernel.gather(new RemoveTable(new TableOneSyncRcu()));
        new Munmap(kernel.mm(), gather).unmap(address, address + 6 * kernel.span(1), 0, 0);
        assertEquals(2, kernel.rcu().queued(), "six pte tables and a pmd table: a batch of five, and the rest");
        kernel.rcu().barrier(kernel.mutator());
        assertNoFrameIsLeftBut(1);
    }

    @Test
    void aGatherBesideAnotherFlushesEverything() {
        mapPages(2);
        MmuGather other = kernel.gather(new RemovePage());
        other.begin();
        Munmap munmap = new Munmap(kernel.mm(), kernel.gather(new RemovePage()));
        munmap.unmap(address, address + kernel.pageBytes(), 0, address + kernel.pageBytes());
        other.finish();
        munmap.unmap(address + kernel.pageBytes(), address + 2 * kernel.pageBytes(), address + kernel.pageBytes(), 0);

        assertEquals(FenceExtent.EVERYTHING, fences.extents().getFirst(), "while the other gather was under way");
        assertEquals(0, fences.fences().getFirst().start());
        assertEquals(FenceExtent.RANGE, fences.extents().getLast(), "alone");
        assertEquals(2, fences.fences().size());
        assertEquals(0, kernel.machine().words().get(kernel.tables().flushPendingOffset()));
    }

    @Test
    void aGatherThatTookNothingFlushesNothing() {
        MmuGather gather = kernel.gather(new RemovePage());
        gather.begin();
        gather.invalidate();
        gather.finish();
        assertEquals(List.of(), fences.fences());
    }

    @Test
    void onlyLeavesNeedOnlyARange() {
        mapPages(2);
        new Munmap(kernel.mm(), kernel.gather(new RemovePage()))
                .unmap(address, address + kernel.pageBytes(), 0, address + kernel.pageBytes());
        assertEquals(
                List.of(new FenceLog.Fence(0b11, FenceExtent.RANGE, address, kernel.pageBytes())), fences.fences());
    }

    @Test
    void aHugeLeafIsOneStrideOfItsOwnSize() {
        kernel.mm().mapHuge(address, TableLevel.PMD);
        kernel.mm().map(address + kernel.span(1));
        new Munmap(kernel.mm(), kernel.gather(new RemovePage()))
                .unmap(address, address + kernel.span(1), 0, address + kernel.span(1));
        assertEquals(List.of(new FenceLog.Fence(0b11, FenceExtent.RANGE, address, kernel.span(1))), fences.fences());
    }

    /** Takes the obligation, and does nothing with it. */
    private static final class Embezzler implements TableFreeing {
        @Override
        public void free(MmuGather gather, DetachedTable table) {
            table.discharge();
        }
    }

    @Test
    void aStrategyThatReachesAroundTheGatherIsTold() {
        mapPages(1);
        MmuGather gather = kernel.gather(new Embezzler());
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> unmapPages(1, gather));
        assertEquals(
                "Embezzler discharged, but never handed over the detached table in frame 0x2000002 of level 0:"
                        + " hand it to removePage, batchTable, callRcu, freeNow or what keeps it otherwise",
                thrown.getMessage());
    }

    @Test
    void aStrategyThatForgetsTheTableIsTold() {
        mapPages(1);
        MmuGather gather = kernel.gather(new Forgetful());
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> unmapPages(1, gather));
        assertEquals(
                "Forgetful neither freed nor queued the detached table in frame 0x2000002 of level 0:"
                        + " hand it to removePage, batchTable, callRcu, freeNow or what keeps it otherwise",
                thrown.getMessage());
    }

    private static final class Forgetful implements TableFreeing {
        @Override
        public void free(MmuGather gather, DetachedTable table) {
            gather.invalidate();
        }
    }

    @Test
    void aStrategyThatFreesTwiceIsToldToo() {
        mapPages(1);
        MmuGather gather = kernel.gather((self, table) -> {
            self.removePage(table);
            self.freeNow(table);
        });
        assertThrows(IllegalStateException.class, () -> unmapPages(1, gather));
    }

    @Test
    void aGatherMayNotBeUsedInsideAReader() {
        MiniKernel three = MiniKernel.boot(SatpMode.SV39);
        three.mm().map(three.address());
        three.rcu().readLock(three.mutator());
        assertThrows(IllegalStateException.class, () -> three.unmapAll(three.gather(new RemovePage())));
    }
}
