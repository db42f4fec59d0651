package dev.shootdown.memory;

import static dev.shootdown.memory.TestMemory.FIRST;
import static dev.shootdown.memory.TestMemory.OWNER;
import static dev.shootdown.memory.TestMemory.PAGE_SHIFT;
import static dev.shootdown.memory.TestMemory.WORDS_PER_FRAME;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PhysicalMemoryTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 130})
    void everyFrameIsHandedOutOnceUntilNoneIsLeft(int frames) {
        PhysicalMemory memory = TestMemory.of(frames, AllocatorMode.QUARANTINE).memory();
        Set<Long> taken = new HashSet<>();
        for (int allocation = 0; allocation < frames; allocation++) {
            long frame = memory.allocate(FrameKind.DATA, OWNER);
            assertTrue(memory.contains(frame));
            assertTrue(taken.add(frame), "handed out twice");
        }
        assertEquals(PhysicalMemory.NO_FRAME, memory.tryAllocate(FrameKind.DATA, OWNER));
        var thrown = assertThrows(FrameMisuse.class, () -> memory.allocate(FrameKind.TABLE, OWNER));
        assertEquals(
                "no frame left for TABLE of owner 7: all " + frames + " frames are in use or in quarantine",
                thrown.getMessage());
    }

    @Test
    void theLowestFrameIsHandedOutFirst() {
        PhysicalMemory memory = TestMemory.of(3, AllocatorMode.QUARANTINE).memory();
        assertEquals(FIRST, memory.allocate(FrameKind.DATA, OWNER));
        assertEquals(FIRST + 1, memory.allocate(FrameKind.DATA, OWNER));
    }

    @Test
    void quarantineNeverHandsAFrameOutAgain() {
        TestMemory test = TestMemory.of(2, AllocatorMode.QUARANTINE);
        test.memory().free(test.allocateKernel());
        assertEquals(PhysicalMemory.NO_FRAME, test.memory().tryReallocate(FrameKind.DATA, OWNER));
        assertEquals(FIRST + 1, test.allocateKernel());
        assertThrows(FrameMisuse.class, test::allocateKernel);
    }

    @Test
    void recyclingHandsFreedFramesOutBeforeFreshOnes() {
        TestMemory test = TestMemory.of(4, AllocatorMode.RECYCLE);
        long freed = test.allocateKernel();
        test.allocateKernel();
        test.memory().free(freed);
        assertEquals(freed, test.allocateKernel());
        assertEquals(FIRST + 2, test.allocateKernel());
    }

    @Test
    void reallocationTakesOnlyFramesThatWereGivenBack() {
        TestMemory test = TestMemory.of(2, AllocatorMode.RECYCLE);
        assertEquals(PhysicalMemory.NO_FRAME, test.memory().tryReallocate(FrameKind.TABLE, OWNER));
        long frame = test.allocateUnreferencedPage();
        test.memory().free(frame);
        assertEquals(frame, test.memory().tryReallocate(FrameKind.TABLE, 9));
        assertAll(
                () -> assertEquals(FrameKind.TABLE, test.frameTable().kind(frame)),
                () -> assertEquals(9, test.frameTable().owner(frame)));
    }

    @Test
    void everyWordOfAFormattedMemoryIsUninitialised() {
        TestMemory test = TestMemory.of(5, AllocatorMode.QUARANTINE);
        for (long frame = FIRST; frame < FIRST + 5; frame++) {
            assertEveryWordIs(Poison.UNINITIALISED, test, frame);
            assertEquals(FrameKind.UNUSED, test.frameTable().kind(frame));
        }
    }

    @ParameterizedTest
    @EnumSource(AllocatorMode.class)
    void everyWordOfAFreedFrameIsPoisonAndItsNeighboursAreNot(AllocatorMode mode) {
        TestMemory test = TestMemory.of(3, mode);
        test.allocateKernel();
        long middle = test.allocateKernel();
        test.memory().fill(middle, 0);
        test.memory().free(middle);
        assertEveryWordIs(Poison.FREED, test, middle);
        assertEveryWordIs(Poison.UNINITIALISED, test, middle - 1);
        assertEveryWordIs(Poison.UNINITIALISED, test, middle + 1);
    }

    private static void assertEveryWordIs(Poison poison, TestMemory test, long frame) {
        for (int index = 0; index < WORDS_PER_FRAME; index++) {
            assertEquals(poison.pattern(), test.word(frame, index));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 8", "5, 32", "6, 64"})
    void aFolioIsAlignedToItsSize(int order, int size) {
        PhysicalMemory memory = TestMemory.of(256, AllocatorMode.QUARANTINE).memory();
        memory.allocate(FrameKind.DATA, OWNER);
        long folio = memory.allocateFolio(order, OWNER);
        assertAll(
                () -> assertEquals(0, folio % size),
                () -> assertEquals(FIRST + size, folio, "the first aligned frame that is free"),
                () -> assertEquals(order, memory.frameTable().order(folio)),
                () -> assertEquals(1, memory.frameTable().refCount(folio)));
    }

    @Test
    void noFrameOfAFolioIsHandedOutAgain() {
        TestMemory test = TestMemory.of(8, AllocatorMode.QUARANTINE);
        assertEquals(FIRST, test.memory().allocateFolio(2, OWNER));
        assertEquals(FIRST + 4, test.allocateKernel());
        assertEquals(FIRST + 6, test.memory().allocateFolio(1, OWNER));
        var thrown = assertThrows(FrameMisuse.class, () -> test.memory().allocateFolio(1, OWNER));
        assertEquals("no 2 aligned frames left for a folio of owner 7", thrown.getMessage());
        assertEquals(FIRST + 5, test.allocateKernel());
    }

    @Test
    void aFolioIsFreedWithAllItsFrames() {
        TestMemory test = TestMemory.of(8, AllocatorMode.RECYCLE);
        long folio = test.memory().allocateFolio(2, OWNER);
        for (long tail = folio + 1; tail < folio + 4; tail++) {
            assertEquals(0, test.frameTable().refCount(tail), "a tail has no references of its own");
            assertEquals(OWNER, test.frameTable().owner(tail));
        }
        test.frameTable().put(folio, 1);
        test.memory().free(folio);
        for (long frame = folio; frame < folio + 4; frame++) {
            assertEquals(FrameKind.FREED, test.frameTable().kind(frame));
            assertEveryWordIs(Poison.FREED, test, frame);
            assertEquals(frame, test.allocateKernel());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 7})
    void aFolioHasAnOrderFromZeroToSix(int order) {
        PhysicalMemory memory = TestMemory.of(2, AllocatorMode.QUARANTINE).memory();
        var thrown = assertThrows(IllegalArgumentException.class, () -> memory.allocateFolio(order, OWNER));
        assertEquals("folio order must be 0..6, not " + order, thrown.getMessage());
    }

    @Test
    void physicalAddressesAreOffsetsFromTheFirstFrame() {
        TestMemory test = TestMemory.of(4, AllocatorMode.QUARANTINE);
        PhysicalMemory memory = test.memory();
        long dram = test.layout().region("dram").offset();
        assertAll(
                () -> assertEquals(0x200_0000L, memory.firstFrame()),
                () -> assertEquals(4, memory.frames()),
                () -> assertEquals(PAGE_SHIFT, memory.pageShift()),
                () -> assertEquals(AllocatorMode.QUARANTINE, memory.mode()),
                () -> assertEquals(dram, memory.offsetOf(0x8000_0000L)),
                () -> assertEquals(dram + 0x38, memory.offsetOf(0x8000_0038L)),
                () -> assertEquals(dram + 0x40, memory.offsetOf(0x8000_0040L)),
                () -> assertEquals(dram + 0xC0, memory.offsetOfFrame(FIRST + 3)),
                () -> assertEquals(FIRST + 3, memory.frameAt(dram + 0xF8)));
    }

    @Test
    void aFrameOutsideMemoryIsNamedWithTheRangeThereIs() {
        PhysicalMemory memory = TestMemory.of(4, AllocatorMode.QUARANTINE).memory();
        assertAll(
                () -> assertOutside(0x8000_0100L, () -> memory.offsetOf(0x8000_0100L)),
                () -> assertOutside(0x7FFF_FFC0L, () -> memory.offsetOf(0x7FFF_FFC0L)),
                () -> assertOutside(0, () -> memory.offsetOf(0)),
                () -> assertOutside(0x8000_0100L, () -> memory.offsetOfFrame(FIRST + 4)),
                () -> assertOutside(0x7FFF_FFC0L, () -> memory.free(FIRST - 1)),
                () -> assertOutside(0x8000_0100L, () -> memory.frameTable().tryGet(FIRST + 4, 1)),
                () -> assertOutside(0x8000_0100L, () -> memory.frameTable().kind(FIRST + 4)));
        assertTrue(memory.contains(FIRST + 3));
        assertFalse(memory.contains(FIRST + 4));
        assertFalse(memory.contains(FIRST - 1));
        assertFalse(memory.contains(PhysicalMemory.NO_FRAME));
    }

    private static void assertOutside(long physicalAddress, Executable access) {
        var thrown = assertThrows(AddressOutsideMemory.class, access);
        assertEquals(
                "physical address 0x" + Long.toHexString(physicalAddress) + " is outside memory 0x80000000..0x800000ff",
                thrown.getMessage());
    }

    @Test
    void aMemoryAttachedToACopyGoesOnWhereTheOriginalStood() {
        TestMemory test = TestMemory.of(4, AllocatorMode.RECYCLE);
        long freed = test.allocateKernel();
        test.allocateKernel();
        test.memory().free(freed);

        PhysicalMemory copy =
                PhysicalMemory.attach(test.words().copy(), test.layout(), PAGE_SHIFT, 4, AllocatorMode.RECYCLE);

        assertEquals(1, copy.frameTable().generation(freed));
        assertEquals(freed, copy.allocate(FrameKind.DATA, OWNER));
        assertEquals(FIRST + 2, copy.allocate(FrameKind.DATA, OWNER));
    }

    @Test
    void aMemoryNeedsAFrame() {
        var thrown = assertThrows(
                IllegalArgumentException.class, () -> PhysicalMemory.reserve(new ImageLayout(), PAGE_SHIFT, 0));
        assertEquals("a memory needs at least one frame, not 0", thrown.getMessage());
    }
}
