package dev.shootdown.hart;

import static dev.shootdown.hart.InterruptDelivery.BY_PROXY;
import static dev.shootdown.hart.InterruptDelivery.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Conditions;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import dev.shootdown.testing.BlockedHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class IpiTest {
    /** One run of the recording handler. */
    private record Run(int target, long first, long second, long third) {}

    private static final int ROUNDS = 300;
    private static final int FUNCTION = 0;

    private final Machine machine =
            Machine.boot(MachineSpec.of(SatpMode.SV39).withHarts(3).withRegion("scratch", 2));
    private final List<Run> runs = Collections.synchronizedList(new ArrayList<>());
    private final Ipi ipi = machine.ipi((target, first, second, third) -> {
        assertTrue((target.peekContext() & ContextWord.IN_HANDLER) != 0);
        runs.add(new Run(target.id(), first, second, third));
    });
    private final BlockedHandler blocked = new BlockedHandler(machine);
    private final Hart sender = machine.hart(0);
    private final Hart secondSender = machine.hart(1);
    private final Hart target = machine.hart(2);

    @Test
    void aHartWithoutAThreadIsServedByTheSender() {
        ipi.call(sender, target.bit(), 7, 8, 9);
        assertEquals(List.of(new Run(2, 7, 8, 9)), runs);
        assertInterrupts(0, 1);
    }

    @Test
    void everyTargetRunsTheFunctionOnceButNotTheSender() {
        ipi.call(sender, machine.allHarts());
        assertEquals(List.of(new Run(1, 0, 0, 0), new Run(2, 0, 0, 0)), runs);
        assertEquals(0, sender.interrupts(SELF) + sender.interrupts(BY_PROXY));
    }

    @Test
    void nobodyIsInterruptedByAnEmptyMask() {
        ipi.call(sender, 0);
        ipi.call(sender, sender.bit());
        assertEquals(List.of(), runs);
    }

    @Test
    void anInterruptWaitsUntilInterruptsAreOn() throws InterruptedException {
        InterruptsOff section = target.interruptsOff();
        Actor<Void> sending = Actor.start("sender", () -> ipi.call(sender, target.bit()));
        awaitRequest();
        sending.assertWaits();
        assertEquals(List.of(), runs);

        section.close();
        sending.finish();
        assertEquals(1, runs.size());
        assertEquals(1, target.interrupts(SELF) + target.interrupts(BY_PROXY));
        assertEquals(1, sender.sectionsFoundOpen());
    }

    @Test
    void aHartTakesTheInterruptItselfWhenItsSectionEnds() {
        InterruptsOff section = target.interruptsOff();
        int ticket = target.post(sender, FUNCTION, 1, 2, 3);
        target.takeInterrupts();
        assertEquals(List.of(), runs, "interrupts are off");

        section.close();
        assertEquals(List.of(new Run(2, 1, 2, 3)), runs);
        assertInterrupts(1, 0);
        target.awaitServed(ticket);
    }

    @Test
    void aHartWithInterruptsOnTakesWhatWaits() {
        target.takeInterrupts();
        target.post(sender, FUNCTION, 0, 0, 0);
        target.post(secondSender, FUNCTION, 1, 0, 0);
        target.takeInterrupts();
        target.takeInterrupts();
        assertEquals(List.of(new Run(2, 0, 0, 0), new Run(2, 1, 0, 0)), runs);
        assertInterrupts(1, 0);
    }

    @Test
    void aSenderServesTheRequestsOfOthersToo() {
        int ticket = target.post(secondSender, FUNCTION, 1, 0, 0);
        ipi.call(sender, target.bit());
        target.awaitServed(ticket);
        assertEquals(List.of(new Run(2, 0, 0, 0), new Run(2, 1, 0, 0)), runs);
        assertInterrupts(0, 1);
    }

    @Test
    void aRequestPostedDuringAHandlerRunIsNotAcknowledgedByThatRun() throws InterruptedException {
        Actor<Void> first = blocked.enter(sender, target);
        Actor<Void> second = Actor.start("second sender", () -> ipi.call(secondSender, target.bit(), 5, 0, 0));
        awaitRequest();
        second.assertWaits();
        assertEquals(List.of(), runs);

        blocked.release();
        second.finish();
        assertEquals(List.of(new Run(2, 5, 0, 0)), runs, "the second function ran before its sender returned");
        first.finish();
        assertInterrupts(0, 2);
    }

    @Test
    void aRequestPostedDuringAHandlerRunWaitsForTheSectionThatFollows() throws InterruptedException {
        Actor<Void> first = blocked.enter(sender, target);
        int ticket = target.post(secondSender, FUNCTION, 5, 0, 0);
        blocked.release();
        first.finish();

        InterruptsOff section = target.interruptsOff();
        Actor<Void> second = Actor.start("second sender", () -> target.awaitServed(ticket));
        second.assertWaits();
        assertEquals(List.of(), runs);

        section.close();
        second.finish();
        assertEquals(List.of(new Run(2, 5, 0, 0)), runs);
    }

    @Test
    void anIdleHartTakesInterruptsAsTheyCome() throws InterruptedException {
        Actor<Void> idle = Actor.start("idle", () -> {
            for (int handled = 0; handled < ROUNDS; handled++) {
                target.awaitInterrupt(handled);
            }
        });
        long scratch = machine.region("scratch");
        List<Long> seen = new ArrayList<>();
        Ipi reader = machine.ipi(
                (hart, first, second, third) -> seen.add(machine.words().get(scratch) - first));
        for (int round = 0; round < ROUNDS; round++) {
            machine.words().set(scratch, round);
            reader.call(sender, target.bit(), round, 0, 0);
            assertEquals(round + 1, seen.size(), "the handler's effects come before the sender's return");
        }
        idle.finish();
        assertEquals(Collections.nCopies(ROUNDS, 0L), seen, "the sender's stores come before the handler");
        assertEquals(ROUNDS, target.interrupts(SELF) + target.interrupts(BY_PROXY));
    }

    @Test
    void awaitingAnInterruptThatASenderTookSaysSo() {
        ipi.call(sender, target.bit());
        assertFalse(target.awaitInterrupt(0));
        target.post(sender, FUNCTION, 0, 0, 0);
        assertTrue(target.awaitInterrupt(1));
        assertInterrupts(1, 1);
    }

    @Test
    void twoHartsMayInterruptEachOther() throws InterruptedException {
        Actor<Void> other = Actor.start("second sender", () -> interruptOften(secondSender, sender));
        interruptOften(sender, secondSender);
        other.finish();
        assertEquals(2 * ROUNDS, runs.size());
    }

    private void interruptOften(Hart from, Hart to) {
        for (int round = 0; round < ROUNDS; round++) {
            ipi.call(from, to.bit());
        }
    }

    @Test
    void aSenderWithInterruptsOffIsRefused() {
        InterruptsOff section = sender.interruptsOff();
        var thrown = assertThrows(IllegalStateException.class, () -> ipi.call(sender, target.bit()));
        assertEquals(
                "hart 0 may not wait for an inter-processor interrupt here"
                        + " [interrupts off, rcu nesting 0, requests 0x0, 0 handler runs]",
                thrown.getMessage());
        section.close();
        assertEquals(0, target.peekContext(), "nothing was posted");
    }

    @Test
    void aMaskThatNamesHartsBeyondTheMachineIsRefused() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> ipi.call(sender, 0b1110));
        assertEquals("mask 0xe names harts beyond the 3 of this machine (mask 0x7)", thrown.getMessage());
        assertEquals(List.of(), runs);
    }

    private void awaitRequest() {
        machine.words().await(target.contextOffset(), Conditions.ANY_SET, ContextWord.REQUESTS);
    }

    private void assertInterrupts(int self, int byProxy) {
        assertEquals(self, target.interrupts(SELF), "taken by the hart itself");
        assertEquals(byProxy, target.interrupts(BY_PROXY), "taken in its place");
    }
}
