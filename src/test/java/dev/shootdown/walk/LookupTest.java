package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.pagetable.MmapLock;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.walk.UserMappingSize.Protection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walkers that look and take no reference. */
class LookupTest {
    private final MiniKernel kernel =
            MiniKernel.boot(MmapLock.addRegion(MiniKernel.spec(SatpMode.SV39)), SmodeIpi::new);
    private final long address = kernel.address();

    private UserMappingSize hypervisor(Protection protection, WalkProbe probe) {
        return new UserMappingSize(kernel.walker(), kernel.rcu(), kernel.tables(), protection, probe);
    }

    private PtdumpWalk dumper(WalkProbe probe) {
        return new PtdumpWalk(kernel.walker(), kernel.tables(), probe);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void whatIsMappedIsFoundAndNotReferenced(Protection protection) {
        long page = kernel.mm().map(address);
        kernel.mm().mapHuge(address + kernel.span(1), TableLevel.PMD);
        UserMappingSize walk = hypervisor(protection, WalkProbe.NONE);
        assertEquals(WalkOutcome.FOUND, walk.find(address));
        assertEquals(WalkOutcome.FOUND, walk.find(address + kernel.span(1)));
        assertEquals(WalkOutcome.NOT_PRESENT, walk.find(0));
        assertEquals(1, kernel.frames().refCount(page));
        assertEquals(0, kernel.walker().peekContext());
        assertThrows(IllegalArgumentException.class, () -> walk.find(1L << 20));
    }

    @Test
    void aFreedTableIsFoundOutWithoutASection() {
        kernel.mm().map(address);
        Interloper unmapper = new Interloper(0, () -> kernel.unmapAll(kernel.gather(new RemovePage())));
        assertEquals(
                WalkOutcome.READ_FREED_TABLE,
                hypervisor(Protection.NOTHING, unmapper).find(address));
    }

    @Test
    void aReaderHoldsOffAGracePeriodAndNoInterrupt() {
        kernel.mm().map(address);
        hypervisor(Protection.RCU_READ_LOCK, new Interloper(0, () -> {
                    assertThrows(WaitExpired.class, () -> kernel.rcu().synchronize(kernel.mutator()));
                    kernel.gather((gather, table) -> {}).interruptAllHarts();
                }))
                .find(address);
        assertEquals(1, kernel.walker().interrupts(InterruptDelivery.BY_PROXY));
    }

    @Test
    void interruptsOffHoldOffBoth() {
        kernel.mm().map(address);
        hypervisor(Protection.INTERRUPTS_OFF, new Interloper(0, () -> {
                    assertThrows(WaitExpired.class, () -> kernel.rcu().synchronize(kernel.mutator()));
                    assertThrows(
                            WaitExpired.class,
                            () -> kernel.gather((gather, table) -> {}).interruptAllHarts());
                }))
                .find(address);
    }

    @Test
    void aDumpHoldsOffWhoTakesTheLockAndNobodyElse() {
        kernel.mm().map(address);
        MmapLock lock = new MmapLock(kernel.machine());
        WalkOutcome outcome = dumper(new Interloper(0, () -> {
                    assertThrows(WaitExpired.class, () -> lock.lockRead(kernel.mutator()));
                    kernel.rcu().synchronize(kernel.mutator());
                    kernel.gather((gather, table) -> {}).interruptAllHarts();
                }))
                .dump(address);
        assertEquals(WalkOutcome.FOUND, outcome);
        lock.lockWrite(kernel.mutator());
    }

    @Test
    void anErrorGivesTheLockBack() {
        assertThrows(
                IllegalArgumentException.class, () -> dumper(WalkProbe.NONE).dump(1L << 20));
        new MmapLock(kernel.machine()).lockWrite(kernel.mutator());
    }
}
