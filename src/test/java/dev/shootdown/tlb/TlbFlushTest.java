package dev.shootdown.tlb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.UnhookRace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TlbFlushTest {
    /** One call of the dispatcher. */
    private record Call(Hart sender, long targets, FlushRange range) {}

    /** A dispatcher that only takes notes. */
    private static final class Notes implements Shootdown {
        private final List<Call> calls = new ArrayList<>();

        @Override
        public RfenceRoute route() {
            return RfenceRoute.M_MODE;
        }

        @Override
        public void fence(Hart sender, long targets, FlushRange range) {
            calls.add(new Call(sender, targets, range));
        }
    }

    private static final int ROUNDS = 20_000;

    private final Machine machine = Machine.boot(MachineSpec.of(SatpMode.SV39)
            .withHarts(3)
            .withRegion("mm_cpumask", 1)
            .withRegion("race", UnhookRace.WORDS));
    private final MmCpumask mask = new MmCpumask(machine.words(), machine.region("mm_cpumask"));
    private final Notes dispatcher = new Notes();
    private final TlbFlush flush = new TlbFlush(machine.words(), mask, dispatcher);
    private final Hart sender = machine.hart(0);
    private final Hart other = machine.hart(2);
    private final FlushRange range = new FlushRange();

    @Test
    void theMaskHasTheHartsThatEnteredAndDidNotLeave() {
        mask.enter(sender);
        mask.enter(other);
        mask.enter(other);
        assertEquals(0b101, mask.harts());
        mask.leave(other);
        assertEquals(0b001, mask.harts());
        mask.leave(other);
        mask.leave(sender);
        assertEquals(0, mask.harts());
    }

    @Test
    void nobodyInTheMaskMeansNoFenceAtAll() {
        flush.flush(sender, range);
        assertEquals(List.of(), dispatcher.calls);
        assertNoFence(sender);
    }

    @Test
    void onlyTheSenderInTheMaskMeansALocalFence() {
        mask.enter(sender);
        range.widen(0, 64, 64);
        flush.flush(sender, range);
        range.widenByTable(0, 64, 64);
        flush.flush(sender, range);
        assertAll(
                () -> assertEquals(List.of(), dispatcher.calls),
                () -> assertEquals(1, sender.localFences(FenceExtent.RANGE)),
                () -> assertEquals(1, sender.localFences(FenceExtent.EVERYTHING)),
                () -> assertNoFence(other));
    }

    @Test
    void anotherHartInTheMaskMeansTheDispatcher() {
        mask.enter(other);
        flush.flush(sender, range);
        mask.enter(sender);
        flush.flush(sender, range);
        assertEquals(List.of(new Call(sender, 0b100, range), new Call(sender, 0b101, range)), dispatcher.calls);
        assertNoFence(sender);
        assertSame(dispatcher, flush.shootdown());
    }

    private static void assertNoFence(Hart hart) {
        assertEquals(0, hart.localFences(FenceExtent.RANGE) + hart.localFences(FenceExtent.EVERYTHING));
    }

    @Test
    void anExactMaskHidesNoWalker() throws InterruptedException {
        TlbFlush localOnly = new TlbFlush(machine.words(), mask, new LocalOnly(machine));
        UnhookRace race = new UnhookRace(machine.words(), machine.region("race"));
        mask.enter(sender);
        race.play(ROUNDS, this::asVisitor, () -> localOnly.flush(sender, range));
        assertAll(
                () -> assertEquals(0, race.readsAfterFree()),
                () -> assertTrue(race.followed() > 0, "the walker never saw the entry"));
    }

    private void asVisitor(Runnable reading) {
        mask.enter(other);
        InterruptsOff section = other.interruptsOff();
        reading.run();
        section.close();
        mask.leave(other);
    }
}
