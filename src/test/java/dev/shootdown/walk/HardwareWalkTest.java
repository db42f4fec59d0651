package dev.shootdown.walk;

import static dev.shootdown.walk.MemoryAccess.LOAD;
import static dev.shootdown.walk.MemoryAccess.SPECULATION;
import static dev.shootdown.walk.MemoryAccess.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.FenceExtent;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.tlb.Tlb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HardwareWalkTest {
    private final MiniKernel kernel = MiniKernel.boot(Tlb.addRegion(MiniKernel.spec(SatpMode.SV39)), SmodeIpi::new);
    private final Tlb tlb = new Tlb(kernel.machine());
    private final HardwareWalk walk = walker(WalkProbe.NONE);
    private final long address = kernel.address();

    private HardwareWalk walker(WalkProbe probe) {
        return new HardwareWalk(kernel.walker(), tlb, kernel.tables(), probe);
    }

    @BeforeEach
    void mapAnOldPage() {
        kernel.mm().map(address);
        kernel.mm().markOldAndClean(address);
    }

    private long marks() {
        return kernel.tables().load(kernel.entryAt(address, 0)) & (Pte.A | Pte.D);
    }

    private void changeLeaf(long entry) {
        kernel.tables().publish(kernel.entryAt(address, 0), entry);
    }

    @Test
    void onlyAStoreSetsDirty() {
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, SPECULATION));
        assertEquals(Pte.A, marks());
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, LOAD));
        assertEquals(Pte.A, marks());
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, STORE));
        assertEquals(Pte.A | Pte.D, marks());
        assertEquals(0, kernel.walker().peekContext());
    }

    @Test
    void whatIsCachedIsUsedUntilAFence() {
        walk.access(address, LOAD);
        long old = kernel.tables().getAndClear(kernel.entryAt(address, 0));
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, LOAD), "of what was there");
        kernel.walker().localFence(FenceExtent.RANGE);
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, LOAD));
        changeLeaf(old);
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, LOAD));
    }

    @Test
    void entriesThatAllowNothingFault() {
        long frame = Pte.ppn(kernel.tables().load(kernel.entryAt(address, 0)));
        changeLeaf(Pte.leaf(frame, Pte.R | Pte.U | Pte.A));
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, STORE), "step 5: no W");
        changeLeaf(Pte.leaf(frame, Pte.R | Pte.W | Pte.A | Pte.D));
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, LOAD), "step 5: no U");
        changeLeaf(Pte.table(frame));
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, LOAD), "step 4: a pointer at level 0");
        kernel.tables().publish(kernel.entryAt(address, 1), Pte.leaf(frame | 1));
        kernel.walker().localFence(FenceExtent.EVERYTHING);
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, LOAD), "step 6: a misaligned superpage");
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(Long.MAX_VALUE, LOAD), "not canonical");
    }

    @Test
    void aPageThatWasFreedUnderACachedTranslationIsNoticed() {
        walk.access(address, STORE);
        long leaf = kernel.tables().getAndClear(kernel.entryAt(address, 0));
        kernel.frames().put(Pte.ppn(leaf), 1);
        kernel.memory().free(Pte.ppn(leaf));
        assertEquals(WalkOutcome.USED_STALE_TRANSLATION, walk.access(address, LOAD));
    }

    @Test
    void aTableThatWasFreedUnderACachedPointerIsNoticed() {
        walk.access(address, SPECULATION);
        long table = Pte.ppn(kernel.tables().load(kernel.entryAt(address, 1)));
        kernel.tables().unhook(kernel.entryAt(address, 1), 0).discharge();
        kernel.memory().free(table);
        assertEquals(WalkOutcome.READ_FREED_TABLE, walk.access(address, STORE));
        assertEquals(0, walk.findingLevel());
    }

    private void onceAfterTheLoadOf(long entryOffset, Runnable action) {
        kernel.words().watch((mode, offset) -> {
            if (mode.equals("getAcquire") && offset == entryOffset) {
                kernel.words().watch((nextMode, nextOffset) -> {});
                action.run();
            }
        });
    }

    @Test
    void anEntryThatChangesBeforeItIsMarkedIsLoadedAgain() {
        onceAfterTheLoadOf(kernel.entryAt(address, 0), () -> changeLeaf(Pte.NONE));
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, STORE));
        assertEquals(0, marks());
    }

    @Test
    void aSuperpageThatIsSplitBeforeItIsMarkedIsDescendedInto() {
        long pmd = kernel.entryAt(address, 1);
        long table = kernel.tables().load(pmd);
        long superpage = Pte.leaf(kernel.memory().firstFrame(), Pte.R | Pte.W | Pte.U);
        kernel.tables().publish(pmd, superpage);
        onceAfterTheLoadOf(pmd, () -> kernel.tables().publish(pmd, table));
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, STORE), "step 7, then 2 and 4");
        assertEquals(Pte.A | Pte.D, marks());
        assertEquals(
                table,
                Tlb.entryOf(
                        tlb.pointer(kernel.walker(), address, kernel.tables().asid())));
    }

    @Test
    void theFlushOfAnUnmappingEmptiesTheCaches() {
        assertEquals(WalkOutcome.TRANSLATED, walk.access(address, STORE));
        kernel.unmapAll(kernel.gather(new RemovePage()));
        assertEquals(WalkOutcome.PAGE_FAULT, walk.access(address, LOAD));
    }

    @Test
    void aWalkIsNoInstructionBoundary() {
        long[] during = new long[1];
        HardwareWalk watched =
                walker(new Interloper(0, () -> during[0] = kernel.walker().peekContext()));
        watched.access(address, LOAD);
        assertEquals(ContextWord.HARDWARE_WALK, during[0] & ContextWord.HARDWARE_WALK);
    }
}
