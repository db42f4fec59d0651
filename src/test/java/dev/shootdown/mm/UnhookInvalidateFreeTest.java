package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.Build;
import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.rcu.RcuReadLock;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.SbiRfence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of unhook, invalidate and free under each strategy, seen from the fence in the middle. */
class UnhookInvalidateFreeTest {
    private final FenceLog fences = FenceLog.overFirmware();
    private final MiniKernel kernel = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39), fences.onAnyMachine());
    private final MiniKernel underSbi = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39), SbiRfence::new);

    private static GatherSizes failing(MiniKernel kernel) {
        return GatherSizes.of(kernel.tables().shape()).withAllocation(BatchAllocation.FAILS);
    }

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of(new RemovePage(), BatchAllocation.SUCCEEDS),
                Arguments.of(new RemoveTable(new TableOneSyncRcu()), BatchAllocation.SUCCEEDS),
                Arguments.of(new RemoveTable(new TableOneSyncRcu()), BatchAllocation.FAILS),
                Arguments.of(new RemoveTable(new TableOneSyncIpi()), BatchAllocation.FAILS),
                Arguments.of(new RemoveTable(new TableOneUnsynchronised()), BatchAllocation.FAILS),
                Arguments.of(new RemoveTable(MmuGather::callRcu), BatchAllocation.FAILS),
                Arguments.of(StaticKey.asMerged(), BatchAllocation.SUCCEEDS),
                Arguments.of(StaticKey.inverted(), BatchAllocation.SUCCEEDS));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atTheFenceATableIsUnhookedAndNotYetFreed(TableFreeing freeing, BatchAllocation allocation) {
        long page = kernel.mm().map(kernel.address());
        long pte = kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
        long parent = kernel.mm().parentOf(kernel.address(), TableLevel.PTE);
        List<FrameKind> kinds = new ArrayList<>();
        List<FrameKind> pageKinds = new ArrayList<>();
        fences.atEachFence(() -> {
            kinds.add(kernel.frames().kind(pte));
            assertEquals(Pte.NONE, kernel.tables().load(parent), "unhooked before the fence");
            pageKinds.add(kernel.frames().kind(page));
        });

        GatherSizes sizes = GatherSizes.of(kernel.tables().shape()).withAllocation(allocation);
        kernel.unmapAll(kernel.gather(freeing, sizes));
        kernel.rcu().barrier(kernel.mutator());

        assertEquals(FrameKind.DETACHED_TABLE, kinds.getFirst());
        assertEquals(FrameKind.DATA, pageKinds.getFirst());
        assertEquals(FenceExtent.EVERYTHING, fences.extents().getFirst(), "tables were freed");
        assertEquals(FrameKind.FREED, kernel.frames().kind(pte));
        assertEquals(FrameKind.FREED, kernel.frames().kind(page));
    }

    @Test
    void freeBeforeFlushHasFreedItAtTheFence() {
        kernel.mm().map(kernel.address());
        long pte = kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
        List<FrameKind> kinds = new ArrayList<>();
        fences.atEachFence(() -> kinds.add(kernel.frames().kind(pte)));
        kernel.unmapAll(kernel.gather(new FreeBeforeFlush()));
        assertEquals(List.of(FrameKind.FREED), kinds);
    }

    /** Also where memory for a batch is short. */
    @ParameterizedTest
    @EnumSource(QueueBeforeFlush.Queue.class)
    void whatIsQueuedBeforeTheFlushIsFreedByThen(QueueBeforeFlush.Queue queue) {
        for (BatchAllocation allocation : BatchAllocation.values()) {
            FenceLog log = FenceLog.overFirmware();
            MiniKernel own =
                    MiniKernel.boot(KernelTableWork.addRegion(MiniKernel.spec(SatpMode.SV39)), log.onAnyMachine());
            long pte = mapped(own);
            List<FrameKind> kinds = new ArrayList<>();
            log.atEachFence(() -> kinds.add(own.frames().kind(pte)));
            GatherSizes sizes = GatherSizes.of(own.tables().shape()).withAllocation(allocation);
            own.unmapAll(own.gather(new QueueBeforeFlush(queue), sizes));
            assertEquals(List.of(FrameKind.FREED), kinds);
        }
    }

    @Test
    void aWorkerOnItsOwnHartIsNotHurried() {
        MiniKernel own = MiniKernel.boot(KernelTableWork.addOwnHart(MiniKernel.spec(SatpMode.SV39)), SbiRfence::new);
        long pte = mapped(own);
        own.unmapAll(own.gather(new QueueBeforeFlush(QueueBeforeFlush.Queue.WORKER)));
        assertEquals(FrameKind.DETACHED_TABLE, own.frames().kind(pte));
        new KernelTableWork(own.machine()).run(own.walker());
        assertEquals(FrameKind.FREED, own.frames().kind(pte));
    }

    @Test
    void aTableBatchIsFreedByRcuAfterTheFence() {
        kernel.mm().map(kernel.address());
        long pte = kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
        fences.atEachFence(() -> assertEquals(0, kernel.rcu().queued(), "call_rcu comes after the fence"));
        kernel.unmapAll(kernel.gather(new RemoveTable(new TableOneSyncRcu())));
        assertEquals(1, fences.fences().size());
        assertEquals(1, kernel.rcu().queued());
        assertEquals(FrameKind.DETACHED_TABLE, kernel.frames().kind(pte));
        kernel.rcu().runCallbacks(kernel.walker());
        assertEquals(FrameKind.FREED, kernel.frames().kind(pte));
    }

    // ---- What is waited for when no batch can be allocated.

    @Test
    void syncIpiInterruptsAllHartsEvenUnderSbi() {
        MiniKernel three = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withHarts(3), SbiRfence::new);
        three.mm().map(three.address());
        three.mm().cpumask().leave(three.machine().hart(1));
        three.unmapAll(three.gather(new RemoveTable(new TableOneSyncIpi()), failing(three)));
        assertEquals(2, three.walker().interrupts(InterruptDelivery.BY_PROXY), "one for each table");
        assertEquals(2, three.machine().hart(1).interrupts(InterruptDelivery.BY_PROXY), "outside the mask too");
        assertTrue(three.mutator().machineModeFences(FenceExtent.EVERYTHING) > 0);
    }

    @Test
    void syncIpiWaitsForInterruptsOffButNotForAReader() {
        RemoveTable freeing = new RemoveTable(new TableOneSyncIpi());
        long pte = mapped(underSbi);
        try (RcuReadLock reader = underSbi.rcu().readLock(underSbi.walker())) {
            underSbi.unmapAll(underSbi.gather(freeing, failing(underSbi)));
            reader.requireHeld();
        }
        assertEquals(FrameKind.FREED, underSbi.frames().kind(pte));

        assertWaitsForInterruptsOff(freeing);
    }

    @Test
    void syncRcuWaitsForAReaderAndForInterruptsOff() {
        RemoveTable freeing = new RemoveTable(new TableOneSyncRcu());
        long pte = mapped(underSbi);
        try (RcuReadLock reader = underSbi.rcu().readLock(underSbi.walker())) {
            MmuGather gather = underSbi.gather(freeing, failing(underSbi));
            assertThrows(WaitExpired.class, () -> underSbi.unmapAll(gather));
            assertEquals(FrameKind.DETACHED_TABLE, underSbi.frames().kind(pte));
            reader.requireHeld();
        }
        assertWaitsForInterruptsOff(freeing);
    }

    private static void assertWaitsForInterruptsOff(TableFreeing freeing) {
        MiniKernel fresh = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39), SbiRfence::new);
        long pte = mapped(fresh);
        try (InterruptsOff section = fresh.walker().interruptsOff()) {
            MmuGather gather = fresh.gather(freeing, failing(fresh));
            assertThrows(WaitExpired.class, () -> fresh.unmapAll(gather));
            assertNotEquals(FrameKind.FREED, fresh.frames().kind(pte));
            section.requireOpen();
        }
    }

    @Test
    void unsynchronisedWaitsForNobody() {
        long pte = mapped(underSbi);
        try (InterruptsOff section = underSbi.walker().interruptsOff()) {
            underSbi.unmapAll(underSbi.gather(new RemoveTable(new TableOneUnsynchronised()), failing(underSbi)));
            assertEquals(FrameKind.FREED, underSbi.frames().kind(pte));
            section.requireOpen();
        }
    }

    @Test
    void aMachineWithoutAFreeFrameTakesTheSamePath() {
        // Root, pmd, pte and page: nothing is left for a batch.
        MiniKernel full = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withFrames(4), SbiRfence::new);
        long pte = mapped(full);
        full.unmapAll(full.gather(new RemoveTable(new TableOneSyncIpi())));
        assertEquals(0, full.rcu().queued());
        assertEquals(FrameKind.FREED, full.frames().kind(pte));
        assertEquals(2, full.walker().interrupts(InterruptDelivery.BY_PROXY));
    }

    @Test
    void oneCallbackATableIsTheOtherWayOut() {
        long pte = mapped(underSbi);
        underSbi.unmapAll(underSbi.gather(new RemoveTable(MmuGather::callRcu), failing(underSbi)));
        assertEquals(2, underSbi.rcu().queued());
        assertEquals(FrameKind.DETACHED_TABLE, underSbi.frames().kind(pte));
        underSbi.rcu().barrier(underSbi.mutator());
        assertEquals(FrameKind.FREED, underSbi.frames().kind(pte));
    }

    // ---- Which strategy a build and a key select.

    @Test
    void aUniprocessorBuildDoesNotUseRcuTableFree() {
        MiniKernel up = MiniKernel.boot(
                MiniKernel.spec(SatpMode.SV39).withHarts(1).withBuild(Build.UNIPROCESSOR), SbiRfence::new);
        long pte = mapped(up);
        up.unmapAll(up.gather(new RemoveTable(new TableOneSyncRcu())));
        assertEquals(0, up.rcu().queued());
        assertEquals(FrameKind.FREED, up.frames().kind(pte));
        assertEquals(1, up.mutator().localFences(FenceExtent.EVERYTHING));
    }

    @Test
    void anSmpBuildWithOneHartDoes() {
        MiniKernel smp = MiniKernel.boot(MiniKernel.spec(SatpMode.SV39).withHarts(1), SbiRfence::new);
        long pte = mapped(smp);
        smp.unmapAll(smp.gather(new RemoveTable(new TableOneSyncRcu())));
        assertEquals(1, smp.rcu().queued());
        assertEquals(FrameKind.DETACHED_TABLE, smp.frames().kind(pte));
        smp.rcu().barrier(smp.mutator());
        assertEquals(FrameKind.FREED, smp.frames().kind(pte));
    }

    @ParameterizedTest
    @EnumSource(RfenceRoute.class)
    void theStaticKeyChoosesByRouteAndItsControlTheOtherWayRound(RfenceRoute route) {
        assertEquals(route == RfenceRoute.M_MODE ? 1 : 0, callbacksOf(StaticKey.asMerged(), route));
        assertEquals(route == RfenceRoute.M_MODE ? 0 : 1, callbacksOf(StaticKey.inverted(), route));
    }

    private static long callbacksOf(TableFreeing freeing, RfenceRoute route) {
        MiniKernel fresh = MiniKernel.boot(
                MiniKernel.spec(SatpMode.SV39), FenceLog.over(route).onAnyMachine());
        mapped(fresh);
        fresh.unmapAll(fresh.gather(freeing));
        return fresh.rcu().queued();
    }

    private static long mapped(MiniKernel kernel) {
        kernel.mm().map(kernel.address());
        return kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
    }
}
