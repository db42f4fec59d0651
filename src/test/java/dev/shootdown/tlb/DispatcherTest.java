package dev.shootdown.tlb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.HardwareWalkSection;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Dispatchers that skip harts, or do not wait for them, or need no interrupt: on harts with caches. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class DispatcherTest {
    private static final int ASID = 1;
    private static final long ADDRESS = 0x40;

    private final Machine machine = Machine.boot(UnsyncedBroadcast.addRegion(Absence.addRegion(
            FirmwareHart.addRegion(Tlb.addRegion(MachineSpec.of(SatpMode.SV39).withHarts(3))))));
    private final Tlb tlb = new Tlb(machine);
    private final Absence absence = new Absence(machine);
    private final Hart sender = machine.hart(0);
    private final Hart target = machine.hart(1);
    private final Hart third = machine.hart(2);
    private final FlushRange tables = new FlushRange();

    DispatcherTest() {
        tables.widenByTable(0, 0x1000, 0x200);
        tlb.fillPointer(target, ADDRESS, ASID, 1, Pte.table(1));
    }

    private boolean isCached() {
        return tlb.pointer(target, ADDRESS, ASID) != Tlb.MISS;
    }

    @Test
    void aBroadcastReachesEveryHartPastInterruptsAndWaitsForItsWalk() throws InterruptedException {
        Shootdown broadcast = new HardwareBroadcast(machine);
        HardwareWalkSection walk = target.hardwareWalk();
        Actor<Void> fencing = Actor.start("sender", () -> broadcast.fence(sender, machine.allHarts(), tables));
        fencing.assertWaits();
        walk.close();
        fencing.finish();
        assertAll(
                () -> assertEquals(false, isCached()),
                () -> assertEquals(Reach.EVERY_HART, broadcast.reach()),
                () -> assertEquals(RfenceRoute.M_MODE, broadcast.route()));
    }

    @Test
    void aFlushByBroadcastNeedsNoMask() {
        MmCpumask empty = new MmCpumask(machine.words(), machine.region("sbi.firmware"));
        new TlbFlush(machine.words(), empty, new HardwareBroadcast(machine)).flush(sender, tables);
        assertEquals(false, isCached());
    }

    @Test
    void withoutTheCompletionBarrierNothingHasHappenedYet() {
        HardwareWalkSection walk = target.hardwareWalk();
        Shootdown unsynced = new UnsyncedBroadcast(machine);
        unsynced.fence(sender, machine.allHarts(), tables);
        walk.close();
        assertAll(
                () -> assertEquals(true, isCached()),
                () -> assertEquals(Reach.EVERY_HART, unsynced.reach()),
                () -> assertEquals(RfenceRoute.M_MODE, unsynced.route()));
    }

    @Test
    void aPostedFenceIsDoneWhenTheFirmwareGetsToIt() throws InterruptedException {
        FirmwareHart firmware = FirmwareHart.posting(machine);
        firmware.fence(sender, target.bit(), tables);
        firmware.fence(sender, third.bit(), tables);
        assertEquals(true, isCached());
        Actor<Void> serving = Actor.start("firmware", () -> firmware.serveUntilStopped(third));
        firmware.stop();
        serving.finish();
        assertAll(
                () -> assertEquals(false, isCached()),
                () -> assertEquals(4, third.machineModeFences(FenceExtent.EVERYTHING), "two each: targets add up"));
    }

    @Test
    void aDescheduledHartIsSkippedAndFencesBeforeItRunsAgain() {
        assertSkips(new Paravirtual(machine));
    }

    @Test
    void aLazyHartIsSkippedAndFencesWhenItSwitchesBack() {
        assertSkips(new LazyTlb(machine));
    }

    private void assertSkips(Shootdown shootdown) {
        absence.leave(target);
        InterruptsOff stoppedInMidWalk = target.interruptsOff();
        shootdown.fence(sender, sender.bit() | target.bit() | third.bit(), tables);
        assertAll(
                () -> assertEquals(true, isCached()),
                () -> assertEquals(1, third.localFences(FenceExtent.EVERYTHING)),
                () -> assertEquals(1, sender.localFences(FenceExtent.EVERYTHING)));
        absence.comeBack(target);
        stoppedInMidWalk.close();
        assertAll(
                () -> assertEquals(false, isCached()),
                () -> assertEquals(0, target.interrupts(InterruptDelivery.BY_PROXY)));
        absence.leave(target);
        absence.comeBack(target);
        assertEquals(1, target.localFences(FenceExtent.EVERYTHING), "nobody skipped it this time");
    }

    @Test
    void aHartThatIsPresentIsInterruptedAndWaitedFor() throws InterruptedException {
        for (Shootdown shootdown : new Shootdown[] {new Paravirtual(machine), new LazyTlb(machine)}) {
            InterruptsOff section = target.interruptsOff();
            Actor<Void> fencing = Actor.start("sender", () -> shootdown.fence(sender, target.bit(), tables));
            fencing.assertWaits();
            section.close();
            fencing.finish();
        }
        assertEquals(2, target.localFences(FenceExtent.EVERYTHING));
    }

    @Test
    void whoSkipsVcpusCannotBeCountedOnToWaitForInterruptsOff() {
        assertEquals(RfenceRoute.M_MODE, new Paravirtual(machine).route());
        assertEquals(RfenceRoute.S_MODE_IPI, new LazyTlb(machine).route());
    }
}
