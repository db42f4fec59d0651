package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.mm.FreeLater;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MmUsersTest {
    private final MiniKernel kernel = MiniKernel.boot(MmUsers.addRegion(MiniKernel.spec(SatpMode.SV39)), SmodeIpi::new);
    private final MmUsers users = MmUsers.of(kernel.machine()).orElseThrow();

    @BeforeEach
    void begin() {
        users.begin();
    }

    @Test
    void theTablesGoWithTheLastUser() {
        kernel.mm().map(kernel.address());
        long table = kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
        kernel.unmapAll(kernel.gather(new FreeLater()));
        assertTrue(users.tryGet());
        users.put();
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        users.put();
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
    }

    @Test
    void whatHasEndedCannotBePinned() {
        users.put();
        assertFalse(users.tryGet());
    }

    @Test
    void nobodyLeavesTwice() {
        users.put();
        IllegalStateException thrown = assertThrows(IllegalStateException.class, users::put);
        assertEquals("nobody used the address space that was to be left", thrown.getMessage());
    }

    @Test
    void aMachineCountsThemOnlyIfAskedTo() {
        assertEquals(Optional.empty(), MmUsers.of(MiniKernel.boot(SatpMode.SV39).machine()));
    }
}
