package dev.shootdown.tlb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.HardwareWalkSection;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ShootdownTest {
    private final Machine machine =
            Machine.boot(FirmwareHart.addRegion(MachineSpec.of(SatpMode.SV39).withHarts(4)));
    private final Hart sender = machine.hart(0);
    private final Hart target = machine.hart(1);
    private final Hart bystander = machine.hart(2);
    private final Hart firmwareHart = machine.hart(3);
    private final FlushRange pages = new FlushRange();
    private final FlushRange tables = new FlushRange();

    ShootdownTest() {
        pages.widen(0x40, 0x40, 0x40);
        tables.widenByTable(0, 0x1000, 0x200);
    }

    @Test
    void aMechanismNamesItsRoute() {
        assertAll(
                () -> assertEquals(RfenceRoute.S_MODE_IPI, new SmodeIpi(machine).route()),
                () -> assertEquals(RfenceRoute.S_MODE_IPI, new LocalOnly(machine).route()),
                () -> assertEquals(RfenceRoute.M_MODE, new SbiRfence(machine).route()),
                () -> assertEquals(
                        RfenceRoute.M_MODE, FirmwareHart.waiting(machine).route()));
    }

    @Test
    void anSmodeInterruptFencesEveryTargetOnceAndTheSenderIfItIsOne() {
        Shootdown ipi = new SmodeIpi(machine);
        ipi.fence(sender, target.bit(), pages);
        ipi.fence(sender, sender.bit() | target.bit() | bystander.bit(), tables);
        assertAll(
                () -> assertLocalFences(0, 1, sender),
                () -> assertLocalFences(1, 1, target),
                () -> assertLocalFences(0, 1, bystander),
                () -> assertLocalFences(0, 0, firmwareHart),
                () -> assertEquals(2, target.interrupts(InterruptDelivery.BY_PROXY)),
                () -> assertEquals(0, sender.interrupts(InterruptDelivery.BY_PROXY)));
    }

    @Test
    void anSmodeInterruptWaitsForInterruptsOff() throws InterruptedException {
        assertWaitsForInterruptsOff(new SmodeIpi(machine));
    }

    @Test
    void whereNotOnlyTheLocalHartIsConcernedAnInterruptIsSent() throws InterruptedException {
        assertWaitsForInterruptsOff(new LocalOnly(machine));
    }

    private void assertWaitsForInterruptsOff(Shootdown shootdown) throws InterruptedException {
        InterruptsOff section = target.interruptsOff();
        Actor<Void> fencing = Actor.start("sender", () -> shootdown.fence(sender, target.bit(), tables));
        fencing.assertWaits();
        assertLocalFences(0, 0, target);
        section.close();
        fencing.finish();
        assertLocalFences(0, 1, target);
    }

    @Test
    void anSmodeInterruptGoesToNoHartThatIsNotThere() {
        Shootdown ipi = new SmodeIpi(machine);
        assertThrows(IllegalArgumentException.class, () -> ipi.fence(sender, 0b1_0000, pages));
    }

    @Test
    void anSbiFenceDoesNotWaitForInterruptsOff() {
        InterruptsOff section = target.interruptsOff();
        new SbiRfence(machine).fence(sender, target.bit() | bystander.bit(), tables);
        section.requireOpen();
        assertAll(
                () -> assertEquals(2, sender.machineModeFences(FenceExtent.EVERYTHING)),
                () -> assertLocalFences(0, 0, target),
                () -> assertEquals(0, target.interrupts(InterruptDelivery.BY_PROXY)));
        section.close();
        assertEquals(0, target.interrupts(InterruptDelivery.SELF), "no interrupt was waiting");
    }

    @Test
    void anSbiFenceFencesTheSenderTooIfItIsATarget() {
        new SbiRfence(machine).fence(sender, sender.bit() | target.bit(), pages);
        assertEquals(2, sender.machineModeFences(FenceExtent.RANGE));
    }

    @Test
    void anSbiFenceWaitsForAHardwareWalkOfATarget() throws InterruptedException {
        Shootdown sbi = new SbiRfence(machine);
        HardwareWalkSection elsewhere = bystander.hardwareWalk();
        HardwareWalkSection walk = target.hardwareWalk();
        Actor<Void> fencing = Actor.start("sender", () -> sbi.fence(sender, target.bit(), tables));
        fencing.assertWaits();
        walk.close();
        fencing.finish();
        elsewhere.close();
    }

    @Test
    void aFirmwareThreadServesOneRequestAfterTheOther() throws InterruptedException {
        FirmwareHart firmware = FirmwareHart.waiting(machine);
        Actor<Void> serving = Actor.start("firmware", () -> firmware.serveUntilStopped(firmwareHart));
        InterruptsOff section = target.interruptsOff();
        firmware.fence(sender, target.bit(), pages);
        section.requireOpen();
        assertEquals(1, firmwareHart.machineModeFences(FenceExtent.RANGE));

        firmware.fence(sender, target.bit() | bystander.bit(), tables);
        assertEquals(2, firmwareHart.machineModeFences(FenceExtent.EVERYTHING));
        serving.assertWaits();
        firmware.stop();
        serving.finish();
        section.close();
    }

    @Test
    void aCallerWaitsUntilTheFirmwareHasFencedEveryTarget() throws InterruptedException {
        FirmwareHart firmware = FirmwareHart.waiting(machine);
        Actor<Void> fencing = Actor.start("sender", () -> firmware.fence(sender, target.bit(), tables));
        fencing.assertWaits();

        HardwareWalkSection walk = target.hardwareWalk();
        Actor<Void> serving = Actor.start("firmware", () -> firmware.serveUntilStopped(firmwareHart));
        fencing.assertWaits();
        walk.close();
        fencing.finish();
        firmware.stop();
        serving.finish();
        assertEquals(1, firmwareHart.machineModeFences(FenceExtent.EVERYTHING));
    }

    private static void assertLocalFences(long ofRanges, long ofEverything, Hart hart) {
        assertEquals(ofRanges, hart.localFences(FenceExtent.RANGE), hart + ", ranges");
        assertEquals(ofEverything, hart.localFences(FenceExtent.EVERYTHING), hart + ", everything");
    }
}
