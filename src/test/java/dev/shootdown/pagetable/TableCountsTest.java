package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameMisuse;
import dev.shootdown.pagetable.PageTables.TableContents;
import dev.shootdown.pagetable.TableCounts.Taking;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableCountsTest {
    private final MiniKernel kernel = kernel(Taking.RECHECKED);
    private final PageTables tables = kernel.tables();
    private final TableCounts counts = tables.counts().orElseThrow();
    private final long parent = tables.entryOffset(tables.rootFrame(), 2, 0);

    private static MiniKernel kernel(Taking taking) {
        return MiniKernel.boot(TableCounts.addRegion(MiniKernel.spec(SatpMode.SV39), taking), SmodeIpi::new);
    }

    private long hooked() {
        long table = tables.allocateTable(TableContents.ZEROED);
        tables.publish(parent, Pte.table(table));
        return table;
    }

    @Test
    void aTableIsFreedWithTheLastReference() {
        long table = hooked();
        assertEquals(1, counts.count(table));
        assertTrue(counts.tryGet(table));
        tables.unhook(parent, 1).discharge();
        counts.drop(table);
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        counts.drop(table);
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
        assertEquals(0, counts.count(table));
    }

    @Test
    void nothingIsTakenWhereNothingIsLeft() {
        long table = hooked();
        tables.unhook(parent, 1).discharge();
        counts.drop(table);
        assertFalse(counts.tryGet(table));
        assertEquals(0, counts.count(table));
    }

    @Test
    void whoDoesNotLookTakesItAllTheSame() {
        long table = hooked();
        assertTrue(counts.getBlindly(table));
        counts.drop(table);
        tables.unhook(parent, 1).discharge();
        counts.drop(table);
        assertFalse(counts.getBlindly(table));
        assertEquals(1, counts.count(table));
    }

    @Test
    void aReferenceTooManyIsNotDropped() {
        long table = hooked();
        tables.unhook(parent, 1).discharge();
        counts.drop(table);
        assertThrows(IllegalStateException.class, () -> counts.drop(table));
    }

    @Test
    void theParentsReferenceKeepsALiveTable() {
        long table = hooked();
        assertThrows(FrameMisuse.class, () -> counts.drop(table), "it was never unhooked");
    }

    @Test
    void aReferenceIsTakenByAFullBarrier() {
        long table = hooked();
        List<String> accesses = kernel.words().accessesOf(() -> counts.tryGet(table));
        assertTrue(accesses.getLast().startsWith("compareAndSet"), accesses::toString);
    }

    @ParameterizedTest
    @EnumSource(Taking.class)
    void theMachineSaysHowTheyAreTaken(Taking taking) {
        assertEquals(taking, kernel(taking).tables().counts().orElseThrow().taking());
    }

    @Test
    void aMachineHasThemOnlyIfAskedFor() {
        assertEquals(Optional.empty(), MiniKernel.boot(SatpMode.SV39).tables().counts());
    }
}
