package dev.shootdown.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.Actor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CallbacksTest {
    private static final int MANY = 1000;

    private final Machine machine =
            Machine.boot(Rcu.addRegion(MachineSpec.of(SatpMode.SV39).withHarts(3)));
    private final Rcu rcu = new Rcu(machine);
    private final List<Long> ran = Collections.synchronizedList(new ArrayList<>());
    private final int record = rcu.register((runner, argument) -> ran.add(argument));
    private final Hart hart = machine.hart(0);
    private final Hart poller = machine.hart(1);
    private final Hart reader = machine.hart(2);

    @Test
    void callbacksRunInTheOrderInWhichTheyWereQueued() {
        for (long argument = 0; argument < Rcu.CAPACITY; argument++) {
            rcu.callRcu(record, argument);
        }
        assertEquals(List.of(), ran, "queueing runs nothing");
        assertEquals(Rcu.CAPACITY, rcu.runCallbacks(poller));
        assertRan(Rcu.CAPACITY);
    }

    @Test
    void aCallbackRunsOnce() {
        rcu.callRcu(record, 0);
        assertEquals(1, rcu.runCallbacks(poller));
        assertEquals(0, rcu.runCallbacks(poller));
        rcu.barrier(hart);
        assertRan(1);
    }

    @Test
    void aCallbackRunsOnTheHartThatPolls() {
        AtomicReference<Hart> ranOn = new AtomicReference<>();
        int callback = rcu.register((runner, argument) -> ranOn.set(runner));
        rcu.callRcu(callback, 0);
        rcu.runCallbacks(poller);
        assertSame(poller, ranOn.get());
    }

    @Test
    void aCallbackWaitsForTheReadersThereAre() throws InterruptedException {
        RcuReadLock section = rcu.readLock(reader);
        rcu.callRcu(record, 0);
        Actor<Integer> polling = Actor.compute("poller", () -> rcu.runCallbacks(poller));
        polling.assertWaits();
        assertEquals(List.of(), ran);

        section.close();
        assertEquals(1, polling.finish());
        assertRan(1);
    }

    @Test
    void aCallbackMayBeQueuedAnywhere() {
        InterruptsOff section = hart.interruptsOff();
        rcu.callRcu(record, 0);
        section.close();
        RcuReadLock lock = rcu.readLock(hart);
        rcu.callRcu(record, 1);
        lock.close();
        rcu.barrier(hart);
        assertRan(2);
    }

    @Test
    void aCallbackQueuedByACallbackNeedsAGracePeriodOfItsOwn() {
        int again = rcu.register((runner, argument) -> rcu.callRcu(record, argument));
        rcu.callRcu(again, 0);
        assertEquals(1, rcu.runCallbacks(poller));
        assertEquals(List.of(), ran);
        assertEquals(1, rcu.runCallbacks(poller));
        assertRan(1);
    }

    @Test
    void aCallbackQueuedDuringAGracePeriodWaitsForTheNext() throws InterruptedException {
        RcuReadLock section = rcu.readLock(reader);
        rcu.callRcu(record, 0);
        Actor<Integer> polling = Actor.compute("poller", () -> rcu.runCallbacks(poller));
        Actor.await(() -> poller.sectionsFoundOpen() > 0);
        rcu.callRcu(record, 1);
        section.close();
        assertEquals(1, polling.finish());
        assertRan(1);
        rcu.barrier(hart);
        assertRan(2);
    }

    @Test
    void aSecondPollerLeavesTheFirstAlone() throws InterruptedException {
        RcuReadLock section = rcu.readLock(reader);
        rcu.callRcu(record, 0);
        Actor<Integer> polling = Actor.compute("poller", () -> rcu.runCallbacks(poller));
        Actor.await(() -> poller.sectionsFoundOpen() > 0);
        assertEquals(0, rcu.runCallbacks(hart));
        section.close();
        assertEquals(1, polling.finish());
        assertRan(1);
    }

    @Test
    void pollersAtOnceRunEveryCallbackExactlyOnceAndInOrder() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Actor<Integer> one = pollUntil(over, poller);
        Actor<Integer> two = pollUntil(over, reader);
        int own = 0;
        for (long argument = 0; argument < MANY; argument++) {
            while (rcu.queued() - rcu.completed() >= Rcu.CAPACITY) {
                own += rcu.runCallbacks(hart);
            }
            rcu.callRcu(record, argument);
        }
        long before = rcu.completed();
        rcu.barrier(hart);
        over.set(true);
        int others = one.finish() + two.finish();
        assertRan(MANY);
        assertTrue(own + others <= MANY && own + others >= before - Rcu.CAPACITY, own + " and " + others);
    }

    private Actor<Integer> pollUntil(AtomicBoolean over, Hart runner) {
        return Actor.compute("poller " + runner.id(), () -> {
            int runs = 0;
            while (!over.get()) {
                runs += rcu.runCallbacks(runner);
            }
            return runs;
        });
    }

    @Test
    void severalHartsMayQueueAtOnce() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Actor<Integer> polling = pollUntil(over, reader);
        Actor<Void> other = Actor.start("queuer", () -> queueEvenly(1));
        queueEvenly(0);
        other.finish();
        rcu.barrier(hart);
        over.set(true);
        polling.finish();
        assertEquals(
                LongStream.range(0, 2 * MANY).boxed().toList(),
                ran.stream().sorted().toList());
    }

    private void queueEvenly(long first) {
        for (long argument = first; argument < 2 * MANY; argument += 2) {
            Actor.await(() -> rcu.queued() - rcu.completed() < Rcu.CAPACITY - 1);
            rcu.callRcu(record, argument);
        }
    }

    @Test
    void aBarrierWaitsForTheCallbackThatAnotherHartRuns() throws InterruptedException {
        AtomicBoolean release = new AtomicBoolean();
        AtomicBoolean entered = new AtomicBoolean();
        int slow = rcu.register((runner, argument) -> {
            entered.set(true);
            Actor.await(release::get);
            ran.add(argument);
        });
        rcu.callRcu(slow, 0);
        Actor<Integer> polling = Actor.compute("poller", () -> rcu.runCallbacks(poller));
        Actor.await(entered::get);

        Actor<Integer> waiting = Actor.compute("barrier", () -> {
            rcu.barrier(hart);
            return ran.size();
        });
        waiting.assertWaits();
        release.set(true);
        assertEquals(1, waiting.finish());
        assertEquals(1, polling.finish());
    }

    @Test
    void aBarrierAlsoRunsWhatTheRunOfAnotherHartLeftOver() throws InterruptedException {
        RcuReadLock section = rcu.readLock(reader);
        rcu.callRcu(record, 0);
        Actor<Integer> polling = Actor.compute("poller", () -> rcu.runCallbacks(poller));
        Actor.await(() -> poller.sectionsFoundOpen() > 0);
        rcu.callRcu(record, 1);
        Actor<Integer> waiting = Actor.compute("barrier", () -> {
            rcu.barrier(hart);
            return ran.size();
        });
        waiting.assertWaits();
        section.close();
        assertEquals(2, waiting.finish());
        polling.finish();
    }

    @Test
    void aBarrierRunsWhatWaitsByItself() {
        rcu.callRcu(record, 0);
        rcu.callRcu(record, 1);
        rcu.barrier(hart);
        assertRan(2);
        assertEquals(2, rcu.completed());
        assertEquals(2, rcu.queued());
    }

    @Test
    void aServingHartRunsWhatComesUntilItHasRunEnough() throws InterruptedException {
        Actor<Void> serving = Actor.start("server", () -> {
            while (rcu.completed() < 3) {
                rcu.serve(poller);
            }
        });
        rcu.callRcu(record, 0);
        rcu.callRcu(record, 1);
        serving.assertWaits();
        rcu.callRcu(record, 2);
        serving.finish();
        assertRan(3);
        rcu.callRcu(record, 3);
        rcu.serve(poller);
        assertRan(4);
    }

    @Test
    void noMoreCallbacksWaitThanThereIsRoomFor() {
        for (long argument = 0; argument < Rcu.CAPACITY; argument++) {
            rcu.callRcu(record, argument);
        }
        var thrown = assertThrows(IllegalStateException.class, () -> rcu.callRcu(record, 99));
        assertEquals("16 RCU callbacks wait already: somebody must poll", thrown.getMessage());
    }

    @Test
    void theRingIsUsedAgainAndAgain() {
        for (long argument = 0; argument < 5L * Rcu.CAPACITY; argument++) {
            rcu.callRcu(record, argument);
            if (argument % 7 == 6) {
                rcu.runCallbacks(poller);
            }
        }
        rcu.barrier(hart);
        assertRan(5 * Rcu.CAPACITY);
    }

    @Test
    void aCallbackThatThrowsLeavesTheOthersToTheNextPoller() {
        int faulty = rcu.register((runner, argument) -> {
            throw new IllegalStateException("faulty");
        });
        rcu.callRcu(faulty, 0);
        rcu.callRcu(record, 0);
        assertThrows(IllegalStateException.class, () -> rcu.runCallbacks(poller));
        assertEquals(1, rcu.runCallbacks(poller));
        assertRan(1);
    }

    private void assertRan(int count) {
        assertEquals(LongStream.range(0, count).boxed().toList(), ran);
    }
}
