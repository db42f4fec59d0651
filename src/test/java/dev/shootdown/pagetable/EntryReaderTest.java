package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Poison;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryReaderTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final PageTables tables = kernel.tables();
    private final EntryReader reader = new EntryReader(tables);
    private final long offset = tables.entryOffset(tables.rootFrame(), 2, 0);

    @ParameterizedTest
    @EnumSource(value = Poison.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPoisonedEntryIsAFindingAndReadsAsNotPresent(Poison poison) {
        tables.publish(offset, poison.pattern());
        reader.begin();
        long entry = reader.load(offset, 2);
        assertAll(
                () -> assertEquals(Pte.NONE, entry),
                () -> assertEquals(poison, reader.finding()),
                () -> assertEquals(2, reader.findingLevel()));
    }

    @Test
    void aForeignTableIsKnownWhateverPagesItMaps() {
        tables.publish(
                offset, Poison.FOREIGN.pattern() | Pte.leaf(kernel.memory().firstFrame()));
        reader.begin();
        assertEquals(Pte.NONE, reader.load(offset, 1));
        assertEquals(Poison.FOREIGN, reader.finding());
    }

    @Test
    void anOrdinaryEntryIsHandedOnAsItIs() {
        for (long entry : new long[] {Pte.NONE, Pte.table(5), Pte.leaf(7), Pte.leaf(7, Pte.X | Pte.G)}) {
            tables.publish(offset, entry);
            reader.begin();
            assertEquals(entry, reader.load(offset, 2));
            assertEquals(Poison.NONE, reader.finding());
            assertEquals(-1, reader.findingLevel());
        }
    }

    @Test
    void theFirstFindingOfAWalkCountsAndTheNextWalkForgetsIt() {
        reader.begin();
        tables.publish(offset, Poison.FREED.pattern());
        reader.load(offset, 2);
        tables.publish(offset, Poison.FOREIGN.pattern());
        reader.load(offset, 1);
        assertEquals(Poison.FREED, reader.finding());
        assertEquals(2, reader.findingLevel());

        reader.begin();
        assertEquals(Poison.NONE, reader.finding());
        assertEquals(-1, reader.findingLevel());
    }

    @Test
    void aTableOutsideMemoryIsAFindingNotAnException() {
        long beyond = kernel.memory().firstFrame() + kernel.memory().frames();
        reader.begin();
        assertFalse(reader.wentOutsideMemory());
        assertEquals(EntryReader.OUTSIDE_MEMORY, reader.entryOffset(beyond, 1, 0));
        assertTrue(reader.wentOutsideMemory());
        assertEquals(1, reader.findingLevel());
        reader.begin();
        assertFalse(reader.wentOutsideMemory());
        assertEquals(offset, reader.entryOffset(tables.rootFrame(), 2, 0));
    }

    @Test
    void anEntryIsLoadedOnceWithAcquire() {
        assertEquals(
                List.of("getAcquire " + kernel.words().nameOf(offset)),
                kernel.words().accessesOf(() -> reader.load(offset, 2)));
    }
}
