package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.mm.ReclaimEmptyTable.Emptiness;
import dev.shootdown.mm.ReclaimEmptyTable.Turns;
import dev.shootdown.pagetable.PageTableLocks;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReclaimEmptyTableTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel =
            MiniKernel.boot(PageTableLocks.addRegion(MiniKernel.spec(SatpMode.SV39)), fences.onAnyMachine());
    private final long address = kernel.address();
    private long first;
    private long second;
    private long table;

    @BeforeEach
    void mapTwoPages() {
        first = kernel.mm().map(address);
        second = kernel.mm().map(address + kernel.pageBytes());
        table = kernel.mm().tableAt(address, TableLevel.PTE);
    }

    private void zap(Turns turns, Emptiness emptiness) {
        new ReclaimEmptyTable(kernel.mm(), kernel.gather(new RemovePage()), turns, emptiness, () -> {}).zap(address);
    }

    private static Stream<Arguments> everyWay() {
        return Stream.of(Turns.values())
                .flatMap(turns -> Stream.of(Emptiness.values()).map(how -> Arguments.of(turns, how)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void leftAloneItTakesPagesAndTableAwayAndLeavesNoLock(Turns turns, Emptiness emptiness) {
        fences.atEachFence(
                () -> assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table), "not freed yet"));
        zap(turns, emptiness);
        PageTableLocks locks = new PageTableLocks(kernel.machine());
        locks.lockPmd();
        locks.lockPte(table);
        assertAll(
                () -> assertEquals(List.of(FenceExtent.EVERYTHING), fences.extents()),
                () -> assertEquals(Pte.NONE, kernel.tables().load(kernel.entryAt(address, 1))),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(first)),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(second)),
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(table)),
                () -> assertEquals(2, kernel.tables().constructedTables()));
    }

    @ParameterizedTest
    @EnumSource(Turns.class)
    void theLockIsDroppedAfterEachPageOrNever(Turns turns) {
        String lock = "setRelease " + kernel.words().nameOf(lockOffset());
        List<String> accesses = kernel.words().accessesOf(() -> zap(turns, Emptiness.RESCANNED_UNDER_BOTH_LOCKS));
        int holds = turns == Turns.NEVER ? 1 : 3;
        int rescans = turns == Turns.NEVER ? 0 : 1;
        assertEquals(holds + rescans, accesses.stream().filter(lock::equals).count(), accesses::toString);
    }

    private long lockOffset() {
        return kernel.machine().region("page_table_locks")
                + (1 + table - kernel.memory().firstFrame()) * Long.BYTES;
    }

    @Test
    void whatWasRefilledIsFoundByLookingAgain() {
        refillAtTheFirstUnlock(Emptiness.RESCANNED_UNDER_BOTH_LOCKS);
        assertEquals(FrameKind.TABLE, kernel.frames().kind(table));
        assertEquals(table, kernel.mm().tableAt(address, TableLevel.PTE));
        assertEquals(FrameKind.DATA, kernel.frames().kind(kernel.mm().pageAt(address)));
    }

    @Test
    void andNotByHavingClearedEveryEntryOnce() {
        refillAtTheFirstUnlock(Emptiness.ALL_ENTRIES_CLEARED);
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
        assertEquals(Pte.NONE, kernel.tables().load(kernel.entryAt(address, 1)));
    }

    /** A gather that is full after one page flushes then, which is when somebody else refills the entry. */
    private void refillAtTheFirstUnlock(Emptiness emptiness) {
        Fault fault = new Fault(kernel.walker(), kernel.mm());
        boolean[] refilled = new boolean[1];
        fences.atEachFence(() -> {
            if (!refilled[0]) {
                refilled[0] = true;
                PageTableLocks locks = new PageTableLocks(kernel.machine());
                locks.unlockPte(table);
                fault.handle(address);
                locks.lockPte(table);
            }
        });
        GatherSizes sizes = GatherSizes.of(kernel.tables().shape()).withBundleOnly(1);
        new ReclaimEmptyTable(
                        kernel.mm(), kernel.gather(new RemovePage(), sizes), Turns.AFTER_EACH_PAGE, emptiness, () -> {})
                .zap(address);
    }
}
