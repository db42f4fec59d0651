package dev.shootdown.rcu;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.HardwareWalkSection;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import dev.shootdown.testing.BlockedHandler;
import dev.shootdown.testing.UnhookRace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class GracePeriodTest {
    private static final int ROUNDS = 20_000;

    private final Machine machine = Machine.boot(
            Rcu.addRegion(MachineSpec.of(SatpMode.SV39).withHarts(3).withRegion("race", UnhookRace.WORDS)));
    private final Rcu rcu = new Rcu(machine);
    private final BlockedHandler blocked = new BlockedHandler(machine);
    private final UnhookRace race = new UnhookRace(machine.words(), machine.region("race"));
    private final Hart waiter = machine.hart(0);
    private final Hart middle = machine.hart(1);
    private final Hart reader = machine.hart(2);

    @Test
    void itEndsAtOnceWhenNobodyReads() {
        rcu.synchronize(waiter);
        assertEquals(0, waiter.sectionsFoundOpen());
    }

    @Test
    void aReaderHoldsItOff() throws InterruptedException {
        RcuReadLock section = rcu.readLock(reader);
        assertHeldOffUntil(section::close);
    }

    @Test
    void theOutermostUnlockEndsAReader() throws InterruptedException {
        RcuReadLock outer = rcu.readLock(reader);
        rcu.readLock(reader).close();
        assertHeldOffUntil(outer::close);
    }

    @Test
    void interruptsOffHoldItOff() throws InterruptedException {
        InterruptsOff section = reader.interruptsOff();
        assertHeldOffUntil(section::close);
    }

    @Test
    void aHandlerHoldsItOff() throws InterruptedException {
        Actor<Void> sending = blocked.enter(middle, reader);
        assertHeldOffUntil(blocked::release);
        sending.finish();
    }

    private void assertHeldOffUntil(Runnable leave) throws InterruptedException {
        Actor<Void> waiting = Actor.start("waiter", () -> rcu.synchronize(waiter));
        waiting.assertWaits();
        leave.run();
        waiting.finish();
    }

    @Test
    void aHardwareWalkDoesNotHoldItOff() {
        HardwareWalkSection walk = reader.hardwareWalk();
        rcu.synchronize(waiter);
        walk.close();
    }

    @Test
    void itWaitsForReadersOnEveryHart() throws InterruptedException {
        RcuReadLock one = rcu.readLock(middle);
        RcuReadLock two = rcu.readLock(reader);
        Actor<Void> waiting = Actor.start("waiter", () -> rcu.synchronize(waiter));
        one.close();
        waiting.assertWaits();
        two.close();
        waiting.finish();
    }

    @Test
    void aReaderThatStartsAfterItsHartWasSeenHoldsNothingOff() throws InterruptedException {
        RcuReadLock old = rcu.readLock(reader);
        Actor<Void> waiting = Actor.start("waiter", () -> rcu.synchronize(waiter));
        Actor.await(() -> waiter.sectionsFoundOpen() > 0);

        RcuReadLock late = rcu.readLock(middle);
        old.close();
        waiting.finish();
        late.requireHeld();
        late.close();
    }

    @Test
    void itEndsThoughTheSameHartReadsAgainAndAgain() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Actor<Void> reading = Actor.start("reader", () -> {
            while (!over.get()) {
                rcu.readLock(reader).close();
            }
        });
        for (int period = 0; period < 200; period++) {
            rcu.synchronize(waiter);
        }
        over.set(true);
        reading.finish();
    }

    @Test
    void itWaitsForTheReaderThatSawTheEntry() throws InterruptedException {
        race.play(ROUNDS, this::asReader, () -> rcu.synchronize(waiter));
        assertNoReadAfterFree();
    }

    @Test
    void itWaitsForTheInterruptsOffSectionThatSawTheEntry() throws InterruptedException {
        race.play(ROUNDS, this::withInterruptsOff, () -> rcu.synchronize(waiter));
        assertNoReadAfterFree();
    }

    @Test
    void aCallbackRunsAfterTheReaderThatSawTheEntry() throws InterruptedException {
        int nothing = rcu.register((runner, argument) -> {});
        race.play(ROUNDS, this::asReader, () -> {
            rcu.callRcu(nothing, 0);
            rcu.barrier(waiter);
        });
        assertNoReadAfterFree();
    }

    private void asReader(Runnable reading) {
        RcuReadLock section = rcu.readLock(reader);
        reading.run();
        section.close();
    }

    private void withInterruptsOff(Runnable reading) {
        InterruptsOff section = reader.interruptsOff();
        reading.run();
        section.close();
    }

    private void assertNoReadAfterFree() {
        assertAll(
                () -> assertEquals(0, race.readsAfterFree()),
                () -> assertTrue(race.followed() > 0, "the reader never saw the entry"));
    }

    @Test
    void nobodyWaitsForItWithInterruptsOff() {
        InterruptsOff section = waiter.interruptsOff();
        var thrown = assertThrows(IllegalStateException.class, () -> rcu.synchronize(waiter));
        assertEquals(
                "hart 0 may not wait for a grace period here"
                        + " [interrupts off, rcu nesting 0, requests 0x0, 0 handler runs]",
                thrown.getMessage());
        assertThrows(IllegalStateException.class, () -> rcu.barrier(waiter));
        assertThrows(IllegalStateException.class, () -> rcu.runCallbacks(waiter));
        section.close();
    }

    @Test
    void nobodyWaitsForItInsideAReader() {
        RcuReadLock section = rcu.readLock(waiter);
        assertThrows(IllegalStateException.class, () -> rcu.synchronize(waiter));
        assertThrows(IllegalStateException.class, () -> rcu.barrier(waiter));
        assertThrows(IllegalStateException.class, () -> rcu.runCallbacks(waiter));
        section.close();
        rcu.synchronize(waiter);
    }
}
