package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.MachinePool.Lease;
import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class MachinePoolTest {
    private static final long MARK = 0xFACE;

    /** What the tests wire around a machine. */
    private record Wired(Machine machine, Ipi ipi) {
        static Wired around(Machine machine) {
            return new Wired(machine, machine.ipi(IpiFunction.NOTHING));
        }

        void markAndAllocate() {
            machine.words().set(machine.region("mark"), MARK);
            machine.memory().allocate(FrameKind.KERNEL, 3);
        }

        String dump() {
            return ((OffHeapWords) machine.words()).dump();
        }
    }

    private final AtomicInteger prepared = new AtomicInteger();
    private final MachinePool<Wired> pool = new MachinePool<>(
            MachineSpec.of(SatpMode.SV39).withAllocator(AllocatorMode.RECYCLE).withRegion("mark", 2),
            Wired::around,
            wired -> {
                prepared.incrementAndGet();
                wired.markAndAllocate();
            });

    @Test
    void aMachineIsAsTheTemplateWasPrepared() {
        Wired wired = pool.checkout().value();
        Machine machine = wired.machine();
        assertEquals(MARK, machine.words().get(machine.region("mark")));
        assertEquals(
                FrameKind.KERNEL,
                machine.memory().frameTable().kind(machine.memory().firstFrame()));
        pool.checkout();
        assertEquals(1, prepared.get());
    }

    @Test
    void aMachineThatWasUsedIsExactlyTheTemplateAgain() {
        Lease<Wired> lease = pool.checkout();
        String template = lease.value().dump();
        use(lease.value());
        assertNotEquals(template, lease.value().dump());
        pool.giveBack(lease);

        Lease<Wired> again = pool.checkout();
        assertSame(lease, again);
        assertEquals(template, again.value().dump());
    }

    private static void use(Wired wired) {
        Machine machine = wired.machine();
        wired.ipi().call(machine.hart(0), machine.allHarts());
        machine.hart(1).machineModeFence(machine.hart(0), FenceExtent.RANGE);
        machine.words().set(machine.region("mark"), 1);
        machine.words().set(machine.region("mark") + 8, 2);
        machine.memory().free(machine.memory().firstFrame());
        for (int frame = 0; frame < machine.memory().frames(); frame++) {
            machine.memory().fill(machine.memory().allocate(FrameKind.TABLE, 5), -1);
        }
    }

    @Test
    void machinesThatAreOutShareNothing() {
        Wired one = pool.checkout().value();
        Wired two = pool.checkout().value();
        assertNotSame(one.machine(), two.machine());
        String before = two.dump();
        use(one);
        assertEquals(before, two.dump());
    }

    @Test
    void noMachineIsMadeWhileTheShelfHasOne() {
        for (int use = 0; use < 100; use++) {
            pool.giveBack(pool.checkout());
        }
        assertEquals(1, pool.machines());

        List<Lease<Wired>> three = Stream.generate(pool::checkout).limit(3).toList();
        three.forEach(pool::giveBack);
        Stream.generate(pool::checkout).limit(3).forEach(lease -> assertTrue(three.contains(lease)));
        assertEquals(3, pool.machines());
    }

    @Test
    void everyLeaseIsAccountedForUntilItIsBack() {
        assertEquals(0, pool.outstanding());
        Lease<Wired> one = pool.checkout();
        Lease<Wired> two = pool.checkout();
        assertEquals(2, pool.outstanding());
        pool.giveBack(one);
        assertEquals(1, pool.outstanding());
        pool.giveBack(two);
        assertEquals(0, pool.outstanding());
    }

    @Test
    void givingBackTwiceIsAnError() {
        Lease<Wired> lease = pool.checkout();
        pool.giveBack(lease);
        var thrown = assertThrows(IllegalStateException.class, () -> pool.giveBack(lease));
        assertEquals("this machine was given back already: " + lease.value(), thrown.getMessage());
        assertEquals(0, pool.outstanding(), "the refused return was not counted");

        Lease<Wired> one = pool.checkout();
        Lease<Wired> other = pool.checkout();
        assertNotSame(one, other, "the refused return was not shelved");
    }

    @Test
    void aMachineMayBeGivenBackByAnotherThread() throws InterruptedException {
        Lease<Wired> lease = pool.checkout();
        Actor<Lease<Wired>> arbiter = Actor.compute("arbiter", () -> {
            pool.giveBack(lease);
            return pool.checkout();
        });
        assertSame(lease, arbiter.finish(), "it is on the shelf of the thread that gave it back");
        assertEquals(1, pool.outstanding());
        pool.giveBack(lease);
        assertEquals(0, pool.outstanding());
        assertEquals(1, pool.machines());
    }
}
