package dev.shootdown.memory;

import static dev.shootdown.memory.TestMemory.FIRST;
import static dev.shootdown.memory.TestMemory.OWNER;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FrameTableTest {
    private final TestMemory test = TestMemory.of(8, AllocatorMode.RECYCLE);
    private final PhysicalMemory memory = test.memory();
    private final FrameTable table = test.frameTable();

    @Test
    void aPageStartsWithOneReference() {
        long page = memory.allocate(FrameKind.DATA, OWNER);
        assertAll(
                () -> assertEquals(1, table.refCount(page)),
                () -> assertEquals(FrameKind.DATA, table.kind(page)),
                () -> assertEquals(OWNER, table.owner(page)),
                () -> assertEquals(0, table.order(page)),
                () -> assertEquals(0, table.generation(page)));
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameKind.class,
            mode = Mode.INCLUDE,
            names = {"TABLE", "KERNEL"})
    void aFrameThatIsNoPageHasNoReferencesToTake(FrameKind kind) {
        long frame = memory.allocate(kind, OWNER);
        assertEquals(0, table.refCount(frame));
        assertFalse(table.tryGet(frame, 1));
        assertEquals(0, table.refCount(frame));
    }

    @Test
    void referencesAreTakenUnlessThereIsNone() {
        long page = memory.allocate(FrameKind.DATA, OWNER);
        assertTrue(table.tryGet(page, 3));
        assertEquals(4, table.refCount(page));
        assertEquals(1, table.put(page, 3));
        assertEquals(0, table.put(page, 1));
        assertFalse(table.tryGet(page, 1));
        assertEquals(0, table.refCount(page));
    }

    @Test
    void anUnusedAndAFreedFrameGiveNoReference() {
        long page = test.allocateUnreferencedPage();
        memory.free(page);
        assertFalse(table.tryGet(page, 1));
        assertFalse(table.tryGet(FIRST + 5, 1));
    }

    @Test
    void everyFreeBeginsANewGeneration() {
        for (int generation = 0; generation < 5; generation++) {
            long frame = test.allocateKernel();
            assertEquals(FIRST, frame);
            assertEquals(generation, table.generation(frame));
            memory.free(frame);
            assertEquals(generation + 1, table.generation(frame));
        }
        assertEquals(0, table.generation(FIRST + 1));
    }

    @Test
    void aTableIsFreedAfterItsDestructor() {
        long frame = memory.allocate(FrameKind.TABLE, OWNER);
        table.destructTable(frame);
        assertAll(
                () -> assertEquals(FrameKind.DETACHED_TABLE, table.kind(frame)),
                () -> assertEquals(OWNER, table.owner(frame)));
        memory.free(frame);
        assertEquals(FrameKind.FREED, table.kind(frame));
    }

    @Test
    void aFrameIsDescribedWithAllItsCoordinates() {
        memory.free(test.allocateKernel());
        long page = memory.allocate(FrameKind.DATA, OWNER);
        table.tryGet(page, 2);
        assertEquals(
                "DATA frame 0x2000000 (physical 0x80000000, generation 1, owner 7, 3 references)",
                table.describe(page));
    }

    @Test
    void freeingTwiceIsMisuse() {
        long frame = test.allocateKernel();
        memory.free(frame);
        assertMisuse(
                "double free of FREED frame 0x2000000 (physical 0x80000000, generation 1, owner 0, 0 references)",
                () -> memory.free(frame));
        assertEquals(1, table.generation(frame), "the second free changed nothing");
    }

    @Test
    void freeingWhatWasNeverAllocatedIsMisuse() {
        assertMisuse(
                "free of never allocated UNUSED frame 0x2000003"
                        + " (physical 0x800000c0, generation 0, owner 0, 0 references)",
                () -> memory.free(FIRST + 3));
    }

    @Test
    void freeingAPinnedPageIsMisuse() {
        test.allocateKernel();
        long page = memory.allocate(FrameKind.DATA, OWNER);
        table.tryGet(page, 1);
        assertMisuse(
                "free of pinned DATA frame 0x2000001 (physical 0x80000040, generation 0, owner 7, 2 references)",
                () -> memory.free(page));
        assertEquals(FrameKind.DATA, table.kind(page));
    }

    @Test
    void freeingALiveTableIsMisuse() {
        long frame = memory.allocate(FrameKind.TABLE, OWNER);
        assertMisuse(
                "free of live (never unhooked) TABLE frame 0x2000000"
                        + " (physical 0x80000000, generation 0, owner 7, 0 references)",
                () -> memory.free(frame));
        assertEquals(Poison.UNINITIALISED.pattern(), test.word(frame, 0), "a refused free leaves the frame alone");
    }

    @Test
    void destructingWhatIsNoLiveTableIsMisuse() {
        long page = memory.allocate(FrameKind.DATA, OWNER);
        assertMisuse(
                "table destructor on DATA frame 0x2000000"
                        + " (physical 0x80000000, generation 0, owner 7, 1 references)",
                () -> table.destructTable(page));

        long frame = memory.allocate(FrameKind.TABLE, OWNER);
        table.destructTable(frame);
        assertThrows(FrameMisuse.class, () -> table.destructTable(frame));
    }

    @Test
    void droppingMoreReferencesThanThereAreIsMisuse() {
        long page = memory.allocate(FrameKind.DATA, OWNER);
        var thrown = assertThrows(FrameMisuse.class, () -> table.put(page, 2));
        assertTrue(
                thrown.getMessage()
                        .startsWith("dropping 2 of 1 references of DATA frame 0x2000000"
                                + " (physical 0x80000000, generation 0, owner 7, "),
                thrown.getMessage());
    }

    private static void assertMisuse(String message, Executable use) {
        assertEquals(message, assertThrows(FrameMisuse.class, use).getMessage());
    }
}
