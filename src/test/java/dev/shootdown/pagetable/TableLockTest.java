package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.WaitExpired;
import dev.shootdown.pagetable.TableLock.Placement;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableLockTest {
    private static MiniKernel kernel(Placement placement) {
        return MiniKernel.boot(TableLock.addRegion(MiniKernel.spec(SatpMode.SV39), placement), SmodeIpi::new);
    }

    private static TableLock lock(Placement placement) {
        return kernel(placement).tables().lock().orElseThrow();
    }

    private static long table() {
        return MiniKernel.boot(SatpMode.SV39).memory().firstFrame();
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void whoComesSecondWaitsUntilItIsGivenBack(Placement placement) {
        TableLock lock = lock(placement);
        assertEquals(placement, lock.placement());
        assertTrue(lock.lock(table()));
        assertThrows(WaitExpired.class, () -> lock.lock(table()));
        lock.unlock(table());
        assertTrue(lock.lock(table()));
    }

    @Test
    void aLockInTheDescriptorCoversOneTable() {
        TableLock lock = lock(Placement.OWN_DESCRIPTOR);
        lock.lock(table());
        assertTrue(lock.lock(table() + 1));
    }

    @Test
    void aLockInTheDescriptorGoesWithTheTable() {
        TableLock lock = lock(Placement.OWN_DESCRIPTOR);
        lock.retire(table());
        assertFalse(lock.lock(table()));
        assertTrue(lock.lock(table() + 1));
    }

    @ParameterizedTest
    @EnumSource(value = Placement.class, names = "OWN_DESCRIPTOR", mode = EnumSource.Mode.EXCLUDE)
    void aLockOfTheAddressSpaceOutlivesItsTables(Placement placement) {
        TableLock lock = lock(placement);
        lock.retire(table());
        assertTrue(lock.lock(table()));
    }

    @Test
    void itIsGivenBackByARelease() {
        MiniKernel kernel = kernel(Placement.ADDRESS_SPACE);
        TableLock lock = kernel.tables().lock().orElseThrow();
        List<String> accesses = kernel.words().accessesOf(() -> lock.unlock(table()));
        assertEquals(1, accesses.size());
        assertTrue(accesses.getFirst().startsWith("setRelease"), accesses::toString);
    }

    @Test
    void aMachineHasOneOnlyIfAskedFor() {
        assertEquals(Optional.empty(), MiniKernel.boot(SatpMode.SV39).tables().lock());
    }
}
