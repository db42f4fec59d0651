package dev.shootdown.testing;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.Machine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An interrupt handler that is inside a hart until it is told to end. */
public final class BlockedHandler {
    private static final long BOUND_SECONDS = 8;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Ipi ipi;

    /** Wires the handler to {@code machine}. */
    public BlockedHandler(Machine machine) {
        this.ipi = machine.ipi((target, first, second, third) -> block());
    }

    private void block() {
        entered.countDown();
        pass(release);
    }

    /** Has {@code sender} interrupt {@code target}; returns when the handler runs. */
    public Actor<Void> enter(Hart sender, Hart target) {
        Actor<Void> sending = Actor.start("sender of the blocked handler", () -> ipi.call(sender, target.bit()));
        pass(entered);
        return sending;
    }

    /** Lets the handler end. */
    public void release() {
        release.countDown();
    }

    private static void pass(CountDownLatch latch) {
        try {
            if (!latch.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the latch was not opened within " + BOUND_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
