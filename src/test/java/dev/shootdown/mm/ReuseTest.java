package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.Poison;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReuseTest {
    private static MiniKernel unmapped(AllocatorMode mode) {
        MiniKernel kernel = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withAllocator(mode), SmodeIpi::new);
        kernel.mm().map(kernel.address());
        kernel.unmapAll(kernel.gather(new RemovePage()));
        return kernel;
    }

    @ParameterizedTest
    @EnumSource(Reuse.As.class)
    void everyFrameThatWasGivenBackIsTakenAndMarkedInEveryWord(Reuse.As use) {
        MiniKernel kernel = unmapped(AllocatorMode.RECYCLE);
        Reuse reuse = new Reuse(kernel.tables());
        assertEquals(3, reuse.takeAll(use), "a page, a pte table and a pmd table");
        assertEquals(0, reuse.takeAll(use));

        int found = 0;
        long first = kernel.memory().firstFrame();
        for (long frame = first; frame < first + kernel.memory().frames(); frame++) {
            if (kernel.frames().owner(frame) == Reuse.FOREIGN_OWNER) {
                found++;
                assertMarked(kernel, frame, use);
            }
        }
        assertEquals(3, found);
    }

    private static void assertMarked(MiniKernel kernel, long frame, Reuse.As use) {
        assertEquals(
                use == Reuse.As.DATA ? FrameKind.DATA : FrameKind.TABLE,
                kernel.frames().kind(frame));
        assertEquals(1, kernel.frames().generation(frame));
        assertEquals(use == Reuse.As.DATA ? 1 : 0, kernel.frames().refCount(frame));
        for (int word = 0; word < 8; word++) {
            long entry = kernel.tables().load(kernel.memory().offsetOfFrame(frame) + word * 8L);
            assertEquals(Poison.FOREIGN, Poison.of(entry));
            assertTrue(Pte.isPresent(entry));
            assertEquals(use == Reuse.As.TABLE, Pte.isLeaf(entry));
            assertEquals(use == Reuse.As.TABLE ? frame : 0, Pte.ppn(entry & ~Pte.RESERVED));
        }
    }

    @Test
    void framesInQuarantineAreLeftAlone() {
        assertEquals(0, new Reuse(unmapped(AllocatorMode.QUARANTINE).tables()).takeAll(Reuse.As.DATA));
    }
}
