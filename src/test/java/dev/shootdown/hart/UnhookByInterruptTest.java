package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.UnhookRace;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class UnhookByInterruptTest {
    private static final int ROUNDS = 20_000;

    private final Machine machine = Machine.boot(MachineSpec.of(SatpMode.SV39).withRegion("race", UnhookRace.WORDS));
    private final UnhookRace race = new UnhookRace(machine.words(), machine.region("race"));
    private final Ipi ipi = machine.ipi(IpiFunction.NOTHING);
    private final Hart freer = machine.hart(0);
    private final Hart walker = machine.hart(1);

    @Test
    void aWaitedInterruptWaitsForTheInterruptsOffSectionThatSawTheEntry() throws InterruptedException {
        race.play(ROUNDS, this::withInterruptsOff, () -> ipi.call(freer, walker.bit()));
        assertNoReadAfterFree();
    }

    private void withInterruptsOff(Runnable reading) {
        InterruptsOff section = walker.interruptsOff();
        reading.run();
        section.close();
    }

    @Test
    void aMachineModeFenceWaitsForTheHardwareWalkThatSawTheEntry() throws InterruptedException {
        race.play(ROUNDS, this::asHardware, () -> walker.machineModeFence(freer, FenceExtent.EVERYTHING));
        assertNoReadAfterFree();
    }

    private void asHardware(Runnable reading) {
        HardwareWalkSection walk = walker.hardwareWalk();
        reading.run();
        walk.close();
    }

    private void assertNoReadAfterFree() {
        assertAll(
                () -> assertEquals(0, race.readsAfterFree()),
                () -> assertTrue(race.followed() > 0, "the walker never saw the entry"));
    }
}
