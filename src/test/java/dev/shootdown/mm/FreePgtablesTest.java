package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FreePgtablesTest {
    private final List<Integer> freedLevels = new ArrayList<>();

    private void recordAndFree(MmuGather gather, DetachedTable table) {
        freedLevels.add(table.level());
        gather.removePage(table);
    }

    static Stream<Arguments> modesVictimsAndShapes() {
        return Arrays.stream(SatpMode.values())
                .flatMap(mode -> Arrays.stream(TableLevel.values())
                        .filter(level -> level.isFreeableUnder(mode))
                        .flatMap(level ->
                                Arrays.stream(TableShape.values()).map(shape -> Arguments.of(mode, level, shape))));
    }

    @ParameterizedTest
    @MethodSource("modesVictimsAndShapes")
    void floorAndCeilingSayUpToWhichLevelTablesGo(SatpMode mode, TableLevel victim, TableShape shape) {
        MiniKernel kernel =
                MiniKernel.boot(MiniKernel.spec(mode).withShape(shape).withFrames(8), SmodeIpi::new);
        kernel.mm().map(kernel.address());
        long[] tables = new long[mode.rootLevel()];
        Arrays.setAll(tables, level -> kernel.mm().tableAt(kernel.address(), TableLevel.of(level)));

        long span = kernel.span(victim.level() + 1);
        long floor = kernel.address() & -span;
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree))
                .unmap(kernel.address(), kernel.address() + kernel.pageBytes(), floor, floor + span);

        assertEquals(IntStream.rangeClosed(0, victim.level()).boxed().toList(), freedLevels, "bottom-up");
        for (int level = 0; level < tables.length; level++) {
            FrameKind expected = level <= victim.level() ? FrameKind.FREED : FrameKind.TABLE;
            assertEquals(expected, kernel.frames().kind(tables[level]), "level " + level);
        }
        assertEquals(FrameKind.TABLE, kernel.frames().kind(kernel.tables().rootFrame()));
    }

    @ParameterizedTest
    @CsvSource({
        // Pages before and after the unmapped one, and the tables that go. A compact pte table translates 8 pages.
        "0, 0, 2",
        "-1, 0, 0",
        "0, 1, 0",
        "-1, 1, 0",
        "-2, 7, 1",
        "-1, 7, 0",
        "0, 7, 1",
        "-2, 0, 1"
    })
    void aTableStaysWhenANeighbourIsMappedInItsSpan(int before, int after, int freed) {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        // The first page but one of a pte table, which is the first but one of its pmd table.
        long start = kernel.address();
        long page = kernel.pageBytes();
        kernel.mm().map(start);
        if (before != 0) {
            kernel.mm().map(start + before * page);
        }
        if (after != 0) {
            kernel.mm().map(start + after * page);
        }
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree))
                .unmap(
                        start,
                        start + page,
                        before == 0 ? 0 : start + (before + 1) * page,
                        after == 0 ? 0 : start + after * page);
        assertEquals(freed, freedLevels.size());
    }

    @Test
    void aCeilingOfZeroIsTheTopOfTheAddressSpace() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        long top = 1L << 14;
        kernel.mm().map(top - kernel.pageBytes());
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree)).unmap(top - kernel.pageBytes(), top, 0, 0);
        assertEquals(List.of(0, 1), freedLevels);
        assertEquals(1, kernel.tables().constructedTables());
    }

    @Test
    void childrenGoBeforeTheirParentOverAWideRange() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV48);
        long start = kernel.address();
        kernel.mm().map(start);
        kernel.mm().map(start + kernel.span(1));
        kernel.mm().map(start + kernel.span(2));
        long end = start + kernel.span(2) + kernel.pageBytes();
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree)).unmap(start, end, 0, 0);
        assertEquals(List.of(0, 0, 1, 0, 1, 2), freedLevels);
    }

    @Test
    void aTableThatIsOnlyPartlyInTheRangeGoesIfNothingElseIsBetweenFloorAndCeiling() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        long start = kernel.address();
        kernel.mm().map(start);
        kernel.mm().map(start + 8 * kernel.pageBytes());
        // The neighbour is in the next pte table: that stays, and with it the pmd table; ours goes.
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree))
                .unmap(start, start + kernel.pageBytes(), 0, start + 7 * kernel.pageBytes());
        assertEquals(List.of(0), freedLevels);
        assertEquals(FrameKind.TABLE, kernel.frames().kind(kernel.mm().tableAt(start + 512, TableLevel.PTE)));
    }

    @Test
    void hugeLeavesHaveNoTableBelow() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        long folio = kernel.mm().mapHuge(kernel.address(), TableLevel.PMD);
        long start = kernel.address() & -kernel.span(1);
        new Munmap(kernel.mm(), kernel.gather(this::recordAndFree)).unmap(start, start + kernel.span(1), 0, 0);
        assertEquals(List.of(1), freedLevels);
        for (long frame = folio; frame < folio + 8; frame++) {
            assertEquals(FrameKind.FREED, kernel.frames().kind(frame));
        }
    }
}
