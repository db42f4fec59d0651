package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.Poison;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.PinFlags;
import dev.shootdown.walk.WalkOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MunmapTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final long address = kernel.address();
    private final long page = kernel.pageBytes();
    private final Munmap munmap = new Munmap(kernel.mm(), kernel.gather(new RemovePage()));

    @ParameterizedTest
    @CsvSource({
        // start, end, floor, ceiling; compact Sv39 has a lower half of 0x4000 bytes
        "0x1001, 0x1040, 0, 0", "0x1000, 0x1041, 0, 0", "0x1000, 0x1040, 8, 0", "0x1000, 0x1040, 0, 0x1048",
        "0x1000, 0x1000, 0, 0", "0x1040, 0x1000, 0, 0", "0x1000, 0x1040, 0x1040, 0", "0x1000, 0x1080, 0, 0x1040",
        "0x1000, 0x1040, -0x40, 0", "-0x40, 0x40, 0, 0", "-0x80, -0x40, 0, 0", "0x4000, 0x4040, 0, 0",
        "0x3fc0, 0x4040, 0, 0"
    })
    void aRangeThatCannotBeIsAnError(String start, String end, String floor, String ceiling) {
        kernel.mm().map(0x1000);
        String before = kernel.words().dump();
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> munmap.unmap(Long.decode(start), Long.decode(end), Long.decode(floor), Long.decode(ceiling)));
        assertEquals(true, thrown.getMessage().contains("floor <= start < end <= ceiling"), thrown.getMessage());
        assertEquals(before, kernel.words().dump(), "nothing was touched");
    }

    @Test
    void whatIsNotMappedIsNoError() {
        munmap.unmap(0, 1L << 14, 0, 0);
        assertEquals(1, kernel.tables().constructedTables());
    }

    @Test
    void aPartialUnmapKeepsTheTableAndTheNeighbour() {
        long gone = kernel.mm().map(address);
        long kept = kernel.mm().map(address + page);
        long table = kernel.mm().tableAt(address, TableLevel.PTE);
        munmap.unmap(address, address + page, 0, address + page);
        assertAll(
                () -> assertEquals(FrameKind.FREED, kernel.frames().kind(gone)),
                () -> assertEquals(FrameKind.DATA, kernel.frames().kind(kept)),
                () -> assertEquals(table, kernel.mm().tableAt(address, TableLevel.PTE)),
                () -> assertEquals(FrameKind.TABLE, kernel.frames().kind(table)),
                () -> assertEquals(kept, kernel.mm().pageAt(address + page)),
                () -> assertEquals(Pte.NONE, kernel.tables().load(kernel.entryAt(address, 0))),
                () -> assertEquals(3, kernel.tables().constructedTables()));
    }

    @ParameterizedTest
    @CsvSource({"FOLL_GET", "FOLL_PIN"})
    void aPinnedPageOutlivesItsMappingAndIsFreedByUnpin(PinFlags flags) {
        long frame = kernel.mm().map(address);
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), flags);
        assertEquals(WalkOutcome.PINNED, gup.pin(address));
        munmap.unmap(address, address + page, 0, 0);
        assertEquals(flags.references(), kernel.frames().refCount(frame));
        assertEquals(FrameKind.DATA, kernel.frames().kind(frame));
        assertEquals(WalkOutcome.NOT_PRESENT, new FastGup(kernel.walker(), kernel.tables(), flags).pin(address));
        gup.unpin();
        assertEquals(FrameKind.FREED, kernel.frames().kind(frame));
    }

    @Test
    void entriesAreClearedByAnExchangeSoThatADirtyBitIsNotLost() {
        kernel.mm().map(address);
        String pte = kernel.words().nameOf(kernel.entryAt(address, 0));
        assertEquals(
                1,
                kernel.words().accessesOf(() -> munmap.unmap(address, address + page, 0, 0)).stream()
                        .filter(("getAndSet " + pte)::equals)
                        .count());
    }

    @Test
    void aReservedEntryIsReported() {
        kernel.mm().map(address);
        kernel.tables().publish(kernel.entryAt(address, 0), Poison.FREED.pattern());
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> munmap.unmap(address, address + page, 0, 0));
        assertEquals(true, thrown.getMessage().endsWith("at level 0"), thrown.getMessage());
    }

    // ---- Mapping, the other half.

    @Test
    void mappingTwiceOrInsideAHugePageIsAnError() {
        kernel.mm().map(address);
        long huge = address ^ kernel.span(1);
        kernel.mm().mapHuge(huge, TableLevel.PMD);
        assertAll(
                () -> assertThrows(
                        IllegalStateException.class, () -> kernel.mm().map(address)),
                () -> assertThrows(
                        IllegalStateException.class, () -> kernel.mm().map(huge)),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> kernel.mm().map(1L << 40)),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> kernel.mm().mapHuge(0, TableLevel.PTE)),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> kernel.mm().parentOf(address, TableLevel.PUD)));
    }

    @Test
    void neighboursShareTheirTables() {
        kernel.mm().map(address);
        kernel.mm().map(address + page);
        assertEquals(3, kernel.tables().constructedTables());
        kernel.mm().map(address + kernel.span(1));
        assertEquals(4, kernel.tables().constructedTables());
        kernel.mm().map(address + kernel.span(2));
        assertEquals(6, kernel.tables().constructedTables());
    }
}
