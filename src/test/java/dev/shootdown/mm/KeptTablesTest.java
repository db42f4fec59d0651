package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.pagetable.NextLife;
import dev.shootdown.pagetable.TableCounts;
import dev.shootdown.pagetable.TableLock;
import dev.shootdown.pagetable.TableStash;
import dev.shootdown.rcu.RcuReadLock;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SbiRfence;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies that keep tables, over a dispatcher that waits for no walker. */
class KeptTablesTest {
    private static MiniKernel kernel(UnaryOperator<MachineSpec> change) {
        MiniKernel kernel = MiniKernel.boot(change.apply(MiniKernel.spec(SatpMode.SV39)), SbiRfence::new);
        kernel.mm().map(kernel.address());
        return kernel;
    }

    private static long table(MiniKernel kernel) {
        return kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
    }

    @Test
    void whatIsToBeFreedLaterIsPutAsideDetached() {
        MiniKernel kernel = kernel(TableStash::addRegion);
        long table = table(kernel);
        kernel.unmapAll(kernel.gather(new FreeLater()));
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        assertEquals(table, Math.max(takeOf(kernel), takeOf(kernel)), "with the pmd table, which was there before");
    }

    private static long takeOf(MiniKernel kernel) {
        return TableStash.of(kernel.machine()).orElseThrow().take();
    }

    @ParameterizedTest
    @EnumSource(WalkerWait.class)
    void aDepositWaitsForThoseItIsToldTo(WalkerWait wait) {
        MiniKernel kernel = kernel(TableStash::addRegion);
        assertWaits(kernel, new Deposit(wait), wait);
    }

    @ParameterizedTest
    @EnumSource(WalkerWait.class)
    void aReuseInPlaceWaitsForThoseItIsToldTo(WalkerWait wait) {
        MiniKernel kernel = kernel(spec -> NextLife.addRegion(spec));
        NextLife.of(kernel.machine()).orElseThrow().prepare(Reuse.FOREIGN_OWNER);
        assertWaits(kernel, new ReuseInPlace(wait), wait);
    }

    /** A grace period waits for a walker with interrupts off as well. */
    private static void assertWaits(MiniKernel kernel, TableFreeing strategy, WalkerWait wait) {
        switch (wait) {
            case NOTHING -> {
                try (InterruptsOff section = kernel.walker().interruptsOff()) {
                    kernel.unmapAll(kernel.gather(strategy));
                    section.requireOpen();
                }
            }
            case INTERRUPT -> {
                try (InterruptsOff section = kernel.walker().interruptsOff()) {
                    assertThrows(WaitExpired.class, () -> kernel.unmapAll(kernel.gather(strategy)));
                    section.requireOpen();
                }
            }
            case GRACE_PERIOD -> {
                try (RcuReadLock section = kernel.rcu().readLock(kernel.walker())) {
                    assertThrows(WaitExpired.class, () -> kernel.unmapAll(kernel.gather(strategy)));
                    section.requireHeld();
                }
            }
        }
    }

    @Test
    void anInterruptIsNoWaitForAReader() {
        MiniKernel kernel = kernel(TableStash::addRegion);
        try (RcuReadLock section = kernel.rcu().readLock(kernel.walker())) {
            kernel.unmapAll(kernel.gather(new Deposit(WalkerWait.INTERRUPT)));
            section.requireHeld();
        }
    }

    @Test
    void aTableThatIsReusedInPlaceIsAnotherOwnersAndWasNotFreed() {
        MiniKernel kernel = kernel(spec -> NextLife.addRegion(spec));
        NextLife.of(kernel.machine()).orElseThrow().prepare(Reuse.FOREIGN_OWNER);
        long table = table(kernel);
        kernel.unmapAll(kernel.gather(new ReuseInPlace(WalkerWait.NOTHING)));
        assertEquals(FrameKind.TABLE, kernel.frames().kind(table));
        assertEquals(Reuse.FOREIGN_OWNER, kernel.frames().owner(table));
        assertEquals(0, kernel.frames().generation(table));
    }

    @Test
    void aTableThatAWalkerHasAReferenceToStaysUntilItIsDropped() {
        MiniKernel kernel = kernel(spec -> TableCounts.addRegion(spec, TableCounts.Taking.RECHECKED));
        TableCounts counts = kernel.tables().counts().orElseThrow();
        long table = table(kernel);
        counts.tryGet(table);
        kernel.unmapAll(kernel.gather(new DropReference()));
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
        counts.drop(table);
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
    }

    @Test
    void aTableThatNobodyHasAReferenceToIsFreedAtOnce() {
        MiniKernel kernel = kernel(spec -> TableCounts.addRegion(spec, TableCounts.Taking.RECHECKED));
        long table = table(kernel);
        kernel.unmapAll(kernel.gather(new DropReference()));
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
    }

    @Test
    void aFreerWaitsForWhoHasTheLock() {
        MiniKernel kernel = kernel(spec -> TableLock.addRegion(spec, TableLock.Placement.ADDRESS_SPACE));
        TableLock lock = kernel.tables().lock().orElseThrow();
        long table = table(kernel);
        lock.lock(table);
        assertThrows(WaitExpired.class, () -> kernel.unmapAll(kernel.gather(new LockAndFree())));
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(table));
    }

    @ParameterizedTest
    @EnumSource(TableLock.Placement.class)
    void aTableWhoseLockIsFreeIsFreed(TableLock.Placement placement) {
        MiniKernel kernel = kernel(spec -> TableLock.addRegion(spec, placement));
        long table = table(kernel);
        kernel.unmapAll(kernel.gather(new LockAndFree()));
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
        boolean stillALock = kernel.tables().lock().orElseThrow().lock(table);
        assertEquals(placement != TableLock.Placement.OWN_DESCRIPTOR, stillALock);
    }

    static Stream<Arguments> needs() {
        return Stream.of(
                Arguments.of(new FreeLater(), "TableStash"),
                Arguments.of(new Deposit(WalkerWait.NOTHING), "TableStash"),
                Arguments.of(new ReuseInPlace(WalkerWait.NOTHING), "NextLife"),
                Arguments.of(new DropReference(), "TableCounts"),
                Arguments.of(new LockAndFree(), "TableLock"));
    }

    @ParameterizedTest
    @MethodSource("needs")
    void aMachineWithoutWhatAStrategyNeedsIsAnError(TableFreeing strategy, String what) {
        MiniKernel kernel = kernel(UnaryOperator.identity());
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> kernel.unmapAll(kernel.gather(strategy)));
        String tail = thrown.getMessage().substring(thrown.getMessage().indexOf(';'));
        assertEquals("; its description did not go through " + what + ".addRegion", tail);
    }
}
