package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import dev.shootdown.testing.BlockedHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class MachineModeFenceTest {
    private final Machine machine = Machine.boot(MachineSpec.of(SatpMode.SV39));
    private final BlockedHandler blocked = new BlockedHandler(machine);
    private final Hart sender = machine.hart(0);
    private final Hart target = machine.hart(1);

    @ParameterizedTest
    @EnumSource(FenceExtent.class)
    void aFenceIsCountedByItsCallerAndExtent(FenceExtent extent) {
        target.machineModeFence(sender, extent);
        for (FenceExtent each : FenceExtent.values()) {
            assertEquals(each == extent ? 1 : 0, sender.machineModeFences(each));
            assertEquals(0, target.machineModeFences(each));
            assertEquals(0, target.localFences(each));
        }
    }

    @Test
    void interruptsOffDoNotHoldItOff() {
        InterruptsOff section = target.interruptsOff();
        target.machineModeFence(sender, FenceExtent.EVERYTHING);
        section.requireOpen();
        assertAll(
                () -> assertEquals(1, sender.machineModeFences(FenceExtent.EVERYTHING)),
                () -> assertEquals(1, sender.sectionsFoundOpen()),
                () -> assertEquals(ContextWord.INTERRUPTS_OFF, target.peekContext()));
        section.close();
    }

    @Test
    void aHandlerDoesNotHoldItOff() throws InterruptedException {
        Actor<Void> sending = blocked.enter(sender, target);
        target.machineModeFence(target, FenceExtent.RANGE);
        assertEquals(1, target.machineModeFences(FenceExtent.RANGE));
        blocked.release();
        sending.finish();
    }

    @Test
    void aHardwareWalkHoldsItOff() throws InterruptedException {
        HardwareWalkSection walk = target.hardwareWalk();
        Actor<Void> fencing = Actor.start("firmware", () -> target.machineModeFence(sender, FenceExtent.EVERYTHING));
        fencing.assertWaits();
        assertEquals(0, sender.machineModeFences(FenceExtent.EVERYTHING));

        walk.close();
        fencing.finish();
        assertEquals(1, sender.machineModeFences(FenceExtent.EVERYTHING));
    }

    /** Interrupts are taken between instructions, so a waited one waits for the walk that an instruction is in. */
    @Test
    void aHardwareWalkHoldsOffAnInterruptToo() throws InterruptedException {
        HardwareWalkSection walk = target.hardwareWalk();
        Ipi nothing = machine.ipi(IpiFunction.NOTHING);
        Actor<Void> sending = Actor.start("sender", () -> nothing.call(sender, target.bit()));
        sending.assertWaits();
        assertEquals(0, target.interrupts(InterruptDelivery.BY_PROXY));

        walk.close();
        sending.finish();
        long taken = target.interrupts(InterruptDelivery.SELF) + target.interrupts(InterruptDelivery.BY_PROXY);
        assertEquals(1, taken);
    }

    @Test
    void noHardwareWalkBeginsInAHandler() throws InterruptedException {
        Actor<Void> sending = blocked.enter(sender, target);
        Actor<Void> walking = Actor.start("walker", target::hardwareWalk);
        walking.assertWaits();
        blocked.release();
        walking.finish();
        sending.finish();
    }

    @ParameterizedTest
    @EnumSource(FenceExtent.class)
    void aLocalFenceIsCountedByItsHartAndExtent(FenceExtent extent) {
        target.localFence(extent);
        target.localFence(extent);
        for (FenceExtent each : FenceExtent.values()) {
            assertEquals(each == extent ? 2 : 0, target.localFences(each));
            assertEquals(0, sender.localFences(each));
        }
        assertEquals(extent, FenceExtent.of(extent.ordinal()));
    }
}
