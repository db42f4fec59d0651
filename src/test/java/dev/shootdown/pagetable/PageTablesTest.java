package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.memory.AddressOutsideMemory;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameMisuse;
import dev.shootdown.memory.Poison;
import dev.shootdown.mm.Munmap;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.RemoveTable;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.TableOneSyncRcu;
import dev.shootdown.pagetable.PageTables.TableContents;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTablesTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final PageTables tables = kernel.tables();
    private final long address = kernel.address();

    static Stream<Arguments> modesAndVictims() {
        return Arrays.stream(SatpMode.values())
                .flatMap(mode -> Arrays.stream(TableLevel.values())
                        .filter(level -> level.isFreeableUnder(mode))
                        .map(level -> Arguments.of(mode, level)));
    }

    @ParameterizedTest
    @MethodSource("modesAndVictims")
    void theCountReturnsToZeroUnderEveryModeAndVictim(SatpMode mode, TableLevel victim) {
        for (TableFreeing freeing : List.of(new RemovePage(), new RemoveTable(new TableOneSyncRcu()))) {
            MiniKernel fresh = MiniKernel.boot(mode);
            long start = fresh.address();
            long floor = start & -fresh.span(victim.level() + 1);
            Munmap munmap = new Munmap(fresh.mm(), fresh.gather(freeing));

            fresh.mm().map(start);
            assertEquals(mode.levels(), fresh.tables().constructedTables());
            munmap.unmap(start, start + fresh.pageBytes(), floor, floor + fresh.span(victim.level() + 1));
            assertEquals(mode.levels() - victim.level() - 1, fresh.tables().constructedTables());

            fresh.mm().map(start);
            munmap.unmap(start, start + fresh.pageBytes(), 0, 0);
            assertEquals(1, fresh.tables().constructedTables());

            fresh.mm().destroy();
            fresh.rcu().barrier(fresh.mutator());
            assertEquals(0, fresh.tables().constructedTables());
            assertEveryFrameIsBack(fresh);
        }
    }

    private static void assertEveryFrameIsBack(MiniKernel kernel) {
        long first = kernel.memory().firstFrame();
        for (long frame = first; frame < first + kernel.memory().frames(); frame++) {
            FrameKind kind = kernel.frames().kind(frame);
            assertEquals(
                    true,
                    kind == FrameKind.FREED || kind == FrameKind.UNUSED,
                    kernel.frames().describe(frame));
        }
    }

    @Test
    void unhookingClearsTheEntryAndLeavesTheTableForSomebodyToFree() {
        kernel.mm().map(address);
        long table = kernel.mm().tableAt(address, TableLevel.PTE);
        long parent = kernel.mm().parentOf(address, TableLevel.PTE);

        DetachedTable detached = tables.unhook(parent, 0);

        assertAll(
                () -> assertEquals(Pte.NONE, tables.load(parent)),
                () -> assertEquals(table, detached.frameNumber()),
                () -> assertEquals(0, detached.level()),
                () -> assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table)),
                () -> assertEquals(3, tables.constructedTables()));
    }

    @Test
    void unhookingIsAPlainStoreWithNoHiddenBarrier() {
        kernel.mm().map(address);
        long parent = kernel.mm().parentOf(address, TableLevel.PTE);

        List<String> accesses = kernel.words().accessesOf(() -> tables.unhook(parent, 0));

        assertEquals(
                List.of(),
                accesses.stream()
                        .filter(access -> !access.startsWith("getOpaque") && !access.startsWith("setOpaque"))
                        .toList());
    }

    @Test
    void anEmptyEntryCannotBeUnhooked() {
        kernel.mm().map(address);
        long parent = kernel.mm().parentOf(address, TableLevel.PTE);
        tables.unhook(parent, 0);
        assertThrows(AddressOutsideMemory.class, () -> tables.unhook(parent, 0));
    }

    @Test
    void aPageCannotBeUnhookedAsATable() {
        long page = kernel.mm().map(address);
        long pte = kernel.entryAt(address, 0);
        FrameMisuse thrown = assertThrows(FrameMisuse.class, () -> tables.unhook(pte, 0));
        assertEquals(true, thrown.getMessage().contains("0x" + Long.toHexString(page)), thrown.getMessage());
    }

    @Test
    void aNewTableHoldsZeroesOrWhatTheFrameHeldBefore() {
        long zeroed = tables.allocateTable(TableContents.ZEROED);
        long asFound = tables.allocateTable(TableContents.AS_FOUND);
        for (int entry = 0; entry < tables.shape().entries(); entry++) {
            long offset = (long) entry * Long.BYTES;
            assertEquals(Pte.NONE, tables.load(kernel.memory().offsetOfFrame(zeroed) + offset));
            assertEquals(
                    Poison.UNINITIALISED.pattern(), tables.load(kernel.memory().offsetOfFrame(asFound) + offset));
        }
        tables.zero(asFound);
        assertEquals(Pte.NONE, tables.load(kernel.memory().offsetOfFrame(asFound)));
    }

    @Test
    void publishingIsAReleaseAndTheUnorderedTwinIsNot() {
        long offset = tables.entryOffset(tables.rootFrame(), 2, address);
        String name = kernel.words().nameOf(offset);
        assertAll(
                () -> assertEquals(
                        List.of("setRelease " + name),
                        kernel.words().accessesOf(() -> tables.publish(offset, Pte.NONE))),
                () -> assertEquals(
                        List.of("setOpaque " + name),
                        kernel.words().accessesOf(() -> tables.publishUnordered(offset, Pte.NONE))));
    }

    @Test
    void clearingAnEntryTellsWhatItHeld() {
        long page = kernel.mm().map(address);
        long offset = kernel.entryAt(address, 0);
        assertEquals(Pte.leaf(page), tables.getAndClear(offset));
        assertEquals(Pte.NONE, tables.load(offset));
        assertEquals(Pte.NONE, tables.getAndClear(offset));
    }

    @Test
    void aTableNeedsAFrame() {
        MiniKernel small = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withFrames(1), SmodeIpi::new);
        FrameMisuse thrown =
                assertThrows(FrameMisuse.class, () -> small.tables().allocateTable(TableContents.ZEROED));
        assertEquals(
                "no frame left for TABLE of owner 1: all 1 frames are in use or in quarantine", thrown.getMessage());
        assertEquals(1, small.tables().constructedTables());
    }

    @Test
    void addressSpacesShareNoWords() {
        PageTables other = new PageTables(kernel.machine(), MiniKernel.STRANGER);
        other.createRoot();
        assertAll(
                () -> assertEquals(1, tables.constructedTables()),
                () -> assertEquals(1, other.constructedTables()),
                () -> assertEquals(true, tables.rootFrame() != other.rootFrame()),
                () -> assertEquals(MiniKernel.STRANGER, kernel.frames().owner(other.rootFrame())),
                () -> assertEquals(MiniKernel.OWNER, kernel.frames().owner(tables.rootFrame())),
                () -> assertEquals(true, Math.abs(tables.cpumaskOffset() - other.cpumaskOffset()) >= 64));
    }
}
