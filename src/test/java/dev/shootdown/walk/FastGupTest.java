package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastGupTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final long address = kernel.address();
    private final FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET);

    private FastGup pinningGup(WalkProbe probe) {
        return new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_PIN, Recheck.PMD_AND_PTE, probe);
    }

    static Stream<Arguments> modesAndLevels() {
        return Arrays.stream(SatpMode.values())
                .flatMap(mode -> IntStream.range(0, mode.levels()).mapToObj(level -> Arguments.of(mode, level)));
    }

    @ParameterizedTest
    @EnumSource(SatpMode.class)
    void aPageIsPinnedAndUnpinned(SatpMode mode) {
        MiniKernel fresh = MiniKernel.boot(mode);
        long page = fresh.mm().map(fresh.address());
        FastGup walker = new FastGup(fresh.walker(), fresh.tables(), PinFlags.FOLL_GET);

        assertEquals(WalkOutcome.PINNED, walker.pin(fresh.address()));
        assertEquals(2, fresh.frames().refCount(page));
        assertEquals(page, walker.descent().pinnedFrame());
        for (int level = 0; level < mode.levels(); level++) {
            assertEquals(FrameKind.TABLE, fresh.frames().kind(walker.descent().enteredTable(level)));
        }

        walker.unpin();
        assertEquals(1, fresh.frames().refCount(page));
        walker.unpin();
        assertEquals(1, fresh.frames().refCount(page), "a pin is dropped once");
    }

    @ParameterizedTest
    @MethodSource("modesAndLevels")
    void anEntryThatMapsNothingEndsTheWalkAtEachLevel(SatpMode mode, int level) {
        MiniKernel fresh = MiniKernel.boot(mode);
        fresh.mm().map(fresh.address());
        FastGup walker = new FastGup(fresh.walker(), fresh.tables(), PinFlags.FOLL_GET);

        assertEquals(WalkOutcome.NOT_PRESENT, walker.pin(fresh.address() ^ fresh.span(level)));
        assertTrue(walker.descent().enteredTable(level) != 0);
        assertEquals(-1, walker.descent().findingLevel());
        for (int below = 0; below < level; below++) {
            assertEquals(0, walker.descent().enteredTable(below), "went below level " + level);
        }
    }

    @Test
    void aWalkForgetsWhichTablesTheLastOneEntered() {
        kernel.mm().map(address);
        gup.pin(address);
        gup.pin(0);
        assertEquals(0, gup.descent().enteredTable(0));
        assertEquals(0, gup.descent().enteredTable(1));
    }

    @Test
    void theAccessesAreThoseOfTheKernelInItsOrder() {
        long page = kernel.mm().map(address);
        List<String> accesses = kernel
                .words()
                .accessesOf(() -> pinningGup(WalkProbe.NONE).pin(address))
                .stream()
                .filter(access -> !access.contains("mm1[0]"))
                .toList();

        String sequence = kernel.words().nameOf(kernel.tables().writeProtectSeqOffset());
        String context = kernel.words().nameOf(kernel.walker().contextOffset());
        String pmd = kernel.words().nameOf(kernel.entryAt(address, 1));
        String pte = kernel.words().nameOf(kernel.entryAt(address, 0));
        String count = kernel.words().nameOf(kernel.frames().refCountOffset(page));
        assertEquals(
                List.of(
                        "getAcquire " + sequence,
                        "awaitAndUpdate " + context,
                        "getAcquire " + kernel.words().nameOf(kernel.entryAt(address, 2)),
                        "getAcquire " + pmd,
                        "getAcquire " + pte,
                        "getOpaque " + count,
                        "compareAndSet " + count,
                        "getAcquire " + pmd,
                        "getAcquire " + pte,
                        "getOpaque " + kernel.words().nameOf(kernel.frames().stateOffset(page)),
                        "getAndAdd " + context,
                        "getOpaque " + sequence),
                accesses);
    }

    @Test
    void aWalkLeavesTheMachineAsItWas() {
        kernel.mm().map(address);
        String before = kernel.words().dump();
        for (PinFlags flags : PinFlags.values()) {
            FastGup walker = new FastGup(kernel.walker(), kernel.tables(), flags);
            assertEquals(WalkOutcome.PINNED, walker.pin(address));
            walker.unpin();
            assertEquals(WalkOutcome.NOT_PRESENT, walker.pin(0));
            assertEquals(before, kernel.words().dump());
        }
    }

    @Test
    void interruptsAreOffInTheWalkAndOnAfterIt() {
        kernel.mm().map(address);
        long[] during = new long[1];
        Interloper watcher = new Interloper(0, () -> during[0] = kernel.walker().peekContext());
        new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET, Recheck.PMD_AND_PTE, watcher).pin(address);

        assertEquals(ContextWord.INTERRUPTS_OFF, during[0], "interrupts off, and no RCU reader");
        assertEquals(0, kernel.walker().peekContext());
        assertEquals(1, watcher.walks());
    }

    @Test
    void aWalkHoldsOffAWaitedInterruptAndAGracePeriod() {
        kernel.mm().map(address);
        Interloper mutator = new Interloper(
                1,
                () -> assertAll(
                        () -> assertThrows(
                                WaitExpired.class,
                                () -> kernel.gather((g, t) -> {}).interruptAllHarts()),
                        () -> assertThrows(WaitExpired.class, () -> kernel.rcu().synchronize(kernel.mutator()))));
        new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET, Recheck.PMD_AND_PTE, mutator).pin(address);

        kernel.rcu().synchronize(kernel.mutator());
        kernel.gather((g, t) -> {}).interruptAllHarts();
    }

    @Test
    void anAddressThatIsNotCanonicalIsAnErrorAndInterruptsComeBackOn() {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> gup.pin(1L << 20));
        assertEquals("0x100000 is not canonical under SV39", thrown.getMessage());
        assertEquals(0, kernel.walker().peekContext());
        assertEquals(WalkOutcome.NOT_PRESENT, gup.pin(-64), "the upper half is canonical");
    }

    @Test
    void interruptsThatAreOffAlreadyAreAnError() {
        try (InterruptsOff section = kernel.walker().interruptsOff()) {
            assertThrows(IllegalStateException.class, () -> gup.pin(address));
            section.requireOpen();
        }
    }

    @Test
    void aWalkNeedsAnOpenSection() {
        kernel.mm().map(address);
        InterruptsOff section = kernel.walker().interruptsOff();
        assertEquals(WalkOutcome.PINNED, gup.walk(section, address));
        section.close();
        assertThrows(IllegalStateException.class, () -> gup.walk(section, address));
    }

    @Test
    void aPageWithoutReferencesIsNotPinned() {
        long page = kernel.mm().map(address);
        kernel.frames().put(page, 1);
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
        assertEquals(0, kernel.frames().refCount(page));
    }

    @Test
    void follPinTakesItsBias() {
        long page = kernel.mm().map(address);
        FastGup walker = pinningGup(WalkProbe.NONE);
        assertEquals(WalkOutcome.PINNED, walker.pin(address));
        assertEquals(1 + 1024, kernel.frames().refCount(page));
        walker.unpin();
        assertEquals(1, kernel.frames().refCount(page));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, Long.MAX_VALUE})
    void follPinGivesUpWhileAForkCopiesTheTables(long sequence) {
        long page = kernel.mm().map(address);
        kernel.machine().words().setOpaque(kernel.tables().writeProtectSeqOffset(), sequence);
        Interloper watcher = new Interloper(0, () -> {});
        assertEquals(WalkOutcome.RETRY, pinningGup(watcher).pin(address));
        assertEquals(0, watcher.walks(), "it must not walk at all");
        assertEquals(1, kernel.frames().refCount(page));
        assertEquals(WalkOutcome.PINNED, gup.pin(address), "FOLL_GET does not care");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void follPinDropsThePageIfAForkCameBetween(long moved) {
        long page = kernel.mm().map(address);
        long sequence = kernel.tables().writeProtectSeqOffset();
        Interloper fork =
                new Interloper(WalkProbe.PIN, () -> kernel.machine().words().setOpaque(sequence, moved));
        FastGup walker = pinningGup(fork);
        assertEquals(WalkOutcome.RETRY, walker.pin(address));
        assertEquals(1, kernel.frames().refCount(page));
        walker.unpin();
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void aPageOfAnotherOwnerIsNeverAcceptable() {
        kernel.mm().map(address);
        long foreign = kernel.memory().allocate(FrameKind.DATA, MiniKernel.STRANGER);
        kernel.tables().publish(kernel.entryAt(address, 0), Pte.leaf(foreign));
        assertEquals(WalkOutcome.PINNED_FOREIGN_PAGE, gup.pin(address));
        assertTrue(WalkOutcome.PINNED_FOREIGN_PAGE.isForbidden());
        gup.unpin();
        assertEquals(1, kernel.frames().refCount(foreign));
    }

    @Test
    void aTableOutsideMemoryIsAnAccessFault() {
        kernel.mm().map(address);
        long beyond = kernel.memory().firstFrame() + kernel.memory().frames();
        kernel.tables().publish(kernel.mm().parentOf(address, TableLevel.PTE), Pte.table(beyond));
        assertEquals(WalkOutcome.ACCESS_FAULT, gup.pin(address));
        assertEquals(0, gup.descent().findingLevel());
    }

    @Test
    void aLeafWithoutMemoryBehindItIsLeftToTheSlowPath() {
        kernel.mm().map(address);
        kernel.tables().publish(kernel.entryAt(address, 0), Pte.leaf(1));
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
    }

    @Test
    void aLastLevelEntryWithoutPermissionsMapsNothing() {
        long page = kernel.mm().map(address);
        kernel.tables().publish(kernel.entryAt(address, 0), Pte.table(page));
        assertEquals(WalkOutcome.NOT_PRESENT, gup.pin(address));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void aPinKeepsAPageThatIsUnmappedAndUnpinningFreesIt() {
        long page = kernel.mm().map(address);
        gup.pin(address);
        kernel.tables().getAndClear(kernel.entryAt(address, 0));
        assertEquals(1, kernel.frames().put(page, 1));
        assertEquals(FrameKind.DATA, kernel.frames().kind(page));
        gup.unpin();
        assertEquals(FrameKind.FREED, kernel.frames().kind(page));
        assertFalse(WalkOutcome.PINNED.isForbidden());
    }
}
