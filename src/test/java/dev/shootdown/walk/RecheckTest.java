package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes between the descent and the pin, and which re-check sees it. */
class RecheckTest {
    private final MiniKernel kernel =
            MiniKernel.boot(MiniKernel.spec(SatpMode.SV48).withFrames(160), SmodeIpi::new);
    private final long address = kernel.address();

    private WalkOutcome pinWhile(Recheck recheck, Runnable change) {
        Interloper interloper = new Interloper(WalkProbe.PIN, change);
        return new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_PIN, recheck, interloper).pin(address);
    }

    @ParameterizedTest
    @CsvSource({
        "PMD_AND_PTE, 1, RETRY", "PMD_AND_PTE, 0, RETRY",
        "PMD_ONLY, 1, RETRY", "PMD_ONLY, 0, PINNED",
        "PTE_ONLY, 1, PINNED", "PTE_ONLY, 0, RETRY"
    })
    void aClearedEntryIsSeenByTheRecheckOfItsLevel(Recheck recheck, int level, WalkOutcome expected) {
        long page = kernel.mm().map(address);
        long entry = kernel.entryAt(address, level);
        assertEquals(expected, pinWhile(recheck, () -> kernel.tables().getAndClear(entry)));
        assertEquals(expected == WalkOutcome.PINNED ? 1025 : 1, kernel.frames().refCount(page));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anEntryThatPointsElsewhereIsSeenToo(int level) {
        long page = kernel.mm().map(address);
        kernel.mm().map(address ^ kernel.span(1));
        long entry = kernel.entryAt(address, level);
        long other = kernel.tables().load(kernel.entryAt(address ^ kernel.span(1), level));
        assertEquals(
                WalkOutcome.RETRY,
                pinWhile(Recheck.PMD_AND_PTE, () -> kernel.tables().publish(entry, other)));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void higherEntriesAreNotCheckedAgain() {
        kernel.mm().map(address);
        long pud = kernel.entryAt(address, 2);
        assertEquals(
                WalkOutcome.PINNED,
                pinWhile(Recheck.PMD_AND_PTE, () -> kernel.tables().getAndClear(pud)));
    }

    @Test
    void thePageIsFreedByAWalkerWhoDropsItsLastReference() {
        long page = kernel.mm().map(address);
        long pte = kernel.entryAt(address, 0);
        long count = kernel.frames().refCountOffset(page);
        kernel.words().watch((mode, offset) -> {
            if (offset == count && mode.equals("compareAndSet")) {
                kernel.words().watch((nextMode, nextOffset) -> {});
                kernel.tables().getAndClear(pte);
                kernel.frames().put(page, 1);
            }
        });
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET);
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
        assertEquals(FrameKind.FREED, kernel.frames().kind(page));
    }

    @ParameterizedTest
    @EnumSource(Recheck.class)
    void theRecheckComesAfterTheReference(Recheck recheck) {
        // The last moment at which an unmapper can change the entry and not see our reference: right after it was
        // taken.
        long page = kernel.mm().map(address);
        long entry = kernel.entryAt(address, recheck == Recheck.PTE_ONLY ? 0 : 1);
        long count = kernel.frames().refCountOffset(page);
        kernel.words().watch((mode, offset) -> {
            if (offset == count && mode.equals("compareAndSet")) {
                kernel.words().watch((nextMode, nextOffset) -> {});
                kernel.tables().getAndClear(entry);
            }
        });
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET, recheck, WalkProbe.NONE);
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void aHugePageAtThePmdLevelIsPinnedByItsFirstFrame() {
        long folio = kernel.mm().mapHuge(address, TableLevel.PMD);
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET);
        long start = address & -kernel.span(1);
        assertEquals(WalkOutcome.PINNED, gup.pin(start + 5 * kernel.pageBytes() + 8));
        assertEquals(folio + 5, gup.descent().pinnedFrame());
        assertEquals(2, kernel.frames().refCount(folio));
        gup.unpin();
        assertEquals(1, kernel.frames().refCount(folio));
    }

    @Test
    void aHugePageAtThePudLevelIsPinnedByItsFirstFrame() {
        long folio = kernel.mm().mapHuge(address, TableLevel.PUD);
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_PIN);
        long start = address & -kernel.span(2);
        assertEquals(WalkOutcome.PINNED, gup.pin(start + 6 * kernel.span(1) + 2 * kernel.pageBytes()));
        assertEquals(folio + 6 * 8 + 2, gup.descent().pinnedFrame());
        assertEquals(1025, kernel.frames().refCount(folio));
        assertEquals(0, kernel.frames().refCount(folio + 50), "tails have no count of their own");
        gup.unpin();
        assertEquals(1, kernel.frames().refCount(folio));
    }

    @ParameterizedTest
    @EnumSource(
            value = TableLevel.class,
            names = {"PMD", "PUD"})
    void aHugeLeafIsCheckedAgainWhateverElseIsNot(TableLevel level) {
        for (Recheck recheck : Recheck.values()) {
            MiniKernel fresh = MiniKernel.boot(MiniKernel.spec(SatpMode.SV48).withFrames(160), SmodeIpi::new);
            long folio = fresh.mm().mapHuge(address, level);
            long entry = fresh.entryAt(address, level.level());
            Interloper split =
                    new Interloper(WalkProbe.PIN, () -> fresh.tables().getAndClear(entry));
            FastGup gup = new FastGup(fresh.walker(), fresh.tables(), PinFlags.FOLL_GET, recheck, split);
            assertEquals(WalkOutcome.RETRY, gup.pin(address));
            assertEquals(1, fresh.frames().refCount(folio));
        }
    }

    @Test
    void aHugePageWithoutReferencesIsNotPinned() {
        long folio = kernel.mm().mapHuge(address, TableLevel.PMD);
        kernel.frames().put(folio, 1);
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET);
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
        assertEquals(0, kernel.frames().refCount(folio));
    }

    @Test
    void aLeafAboveThePudLevelIsLeftToTheSlowPath() {
        long page = kernel.memory().allocate(FrameKind.DATA, MiniKernel.OWNER);
        kernel.tables().publish(kernel.entryAt(address, 3), Pte.leaf(page));
        FastGup gup = new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET);
        assertEquals(WalkOutcome.RETRY, gup.pin(address));
        assertEquals(1, kernel.frames().refCount(page));
        assertTrue(gup.descent().enteredTable(3) != 0);
    }
}
