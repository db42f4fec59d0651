package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameMisuse;
import dev.shootdown.memory.Poison;
import dev.shootdown.pagetable.EntryReader.OtherLives;
import dev.shootdown.pagetable.PageTables.TableContents;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NextLifeTest {
    private final MiniKernel kernel =
            MiniKernel.boot(NextLife.addRegion(MiniKernel.spec(SatpMode.SV39)), SmodeIpi::new);
    private final PageTables tables = kernel.tables();
    private final NextLife nextLife = NextLife.of(kernel.machine()).orElseThrow();
    private final long parent = tables.entryOffset(tables.rootFrame(), 2, 0);
    private final long table = tables.allocateTable(TableContents.ZEROED);

    @BeforeEach
    void prepare() {
        tables.publish(parent, Pte.table(table));
        nextLife.prepare(MiniKernel.STRANGER);
    }

    private void unhookAndBegin() {
        nextLife.begin(tables.unhook(parent, 1).discharge(), MiniKernel.STRANGER);
    }

    @Test
    void everyEntryMapsAPageOfTheOtherOwnersThatCanBePinned() {
        unhookAndBegin();
        assertEquals(FrameKind.TABLE, kernel.frames().kind(table));
        assertEquals(MiniKernel.STRANGER, kernel.frames().owner(table));
        assertEquals(0, kernel.frames().generation(table), "it was never freed");
        for (int index = 0; index < tables.shape().entries(); index++) {
            long entry = Poison.strip(tables.load(kernel.memory().offsetOfFrame(table) + index * 8L));
            assertTrue(Pte.isPresent(entry) && Pte.isLeaf(entry));
            assertEquals(MiniKernel.STRANGER, kernel.frames().owner(Pte.ppn(entry)));
            assertTrue(kernel.frames().tryGet(Pte.ppn(entry), 1));
        }
    }

    @Test
    void whoLooksAgainCannotTellTheEntryFromItsOwn() {
        unhookAndBegin();
        EntryReader reader = new EntryReader(tables, tables.otherLives());
        reader.begin();
        long entry = reader.load(kernel.memory().offsetOfFrame(table), 0);
        assertTrue(Pte.isLeaf(entry));
        assertEquals(Poison.NONE, Poison.of(entry));
        assertEquals(Poison.NONE, reader.finding());
    }

    @Test
    void toAnyOtherReaderItIsAFinding() {
        unhookAndBegin();
        EntryReader reader = new EntryReader(tables);
        reader.begin();
        assertEquals(Pte.NONE, reader.load(kernel.memory().offsetOfFrame(table), 0));
        assertEquals(Poison.FOREIGN, reader.finding());
    }

    @Test
    void whatWasFreedStaysAFindingToEverybody() {
        kernel.memory().free(tables.unhook(parent, 1).discharge());
        EntryReader reader = new EntryReader(tables, tables.otherLives());
        reader.begin();
        reader.load(kernel.memory().offsetOfFrame(table), 0);
        assertEquals(Poison.FREED, reader.finding());
    }

    @Test
    void aLiveTableOrAFreedFrameHasNone() {
        assertThrows(FrameMisuse.class, () -> nextLife.begin(table, MiniKernel.STRANGER));
        kernel.memory().free(tables.unhook(parent, 1).discharge());
        FrameMisuse thrown = assertThrows(FrameMisuse.class, () -> nextLife.begin(table, MiniKernel.STRANGER));
        assertTrue(thrown.getMessage().startsWith("another life for FREED frame"), thrown::getMessage);
    }

    @Test
    void tablesStayTablesOnlyIfAskedTo() {
        MiniKernel other = MiniKernel.boot(SatpMode.SV39);
        assertEquals(Optional.empty(), NextLife.of(other.machine()));
        assertEquals(OtherLives.FORBIDDEN, other.tables().otherLives());
        assertEquals(OtherLives.UNSEEN, tables.otherLives());
    }
}
