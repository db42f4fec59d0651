package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableStashTest {
    private static final int MORE_THAN_A_WORD = 70;

    private final MiniKernel kernel = MiniKernel.boot(
            TableStash.addRegion(MiniKernel.spec(SatpMode.SV39).withFrames(MORE_THAN_A_WORD)), SmodeIpi::new);
    private final TableStash stash = TableStash.of(kernel.machine()).orElseThrow();
    private final long first = kernel.memory().firstFrame();

    @Test
    void whatWasPutAsideIsTakenOnceLowestFrameFirst() {
        stash.add(first + MORE_THAN_A_WORD - 1);
        stash.add(first + 3);
        stash.add(first + 64);
        assertEquals(first + 3, stash.take());
        assertEquals(first + 64, stash.take());
        assertEquals(first + MORE_THAN_A_WORD - 1, stash.take());
        assertEquals(PhysicalMemory.NO_FRAME, stash.take());
    }

    @Test
    void aTableIsPutAsideOnceAtATime() {
        stash.add(first);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> stash.add(first));
        assertEquals("table 0x" + Long.toHexString(first) + " was put aside twice", thrown.getMessage());
        stash.take();
        stash.add(first);
        assertEquals(first, stash.take());
    }

    @Test
    void aMachineHasOneOnlyIfAskedFor() {
        assertEquals(
                Optional.empty(), TableStash.of(MiniKernel.boot(SatpMode.SV39).machine()));
    }
}
