package dev.shootdown.rcu;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * The RCU of one machine.
 *
 * <pre>
 *   tail       callbacks queued so far
 *   progress   [ callbacks run so far | a poller is at work ]
 *   slot i     callback number + 1 (0: empty), argument
 * </pre>
 */
public final class Rcu {
    /** Most callbacks that can wait at once. */
    public static final int CAPACITY = 16;

    private static final String REGION = "rcu";
    private static final int SLOT_WORDS = 2;
    private static final int HEADER_WORDS = 8;
    private static final long POLLING = 1L;

    private static final Words.Condition IDLE_OR_COMPLETED = new Words.Condition() {
        @Override
        public boolean holds(long progress, long ticket) {
            return (progress & POLLING) == 0 || progress >>> 1 >= ticket;
        }

        @Override
        public String describe(long ticket) {
            return "idle, or beyond callback " + ticket;
        }
    };

    private final Machine machine;
    private final Words words;
    private final long tail;
    private final long progress;
    private final long slots;
    private final RcuReadLock[] readLocks;
    private final List<RcuCallback> callbacks = new ArrayList<>();

    /**
     * The RCU of a machine whose description went through {@link #addRegion}.
     *
     * @param machine must not have another one
     */
    public Rcu(Machine machine) {
        this.machine = machine;
        this.words = machine.words();
        long base = machine.region(REGION);
        this.tail = base;
        this.progress = base + Long.BYTES;
        this.slots = base + (long) HEADER_WORDS * Long.BYTES;
        this.readLocks = new RcuReadLock[machine.harts()];
        for (int hart = 0; hart < readLocks.length; hart++) {
            readLocks[hart] = new RcuReadLock(machine.hart(hart));
        }
    }

    /**
     * Adds what RCU needs to a machine's image.
     *
     * @param spec the machine so far
     * @return the description with a region for the queue and its counters
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, HEADER_WORDS + CAPACITY * SLOT_WORDS);
    }

    /**
     * Starts a read-side section on {@code hart}: to be closed by the same thread.
     *
     * @param hart the one whose thread calls; sections nest
     * @return the section, an object that the hart uses again and again
     */
    public RcuReadLock readLock(Hart hart) {
        return readLocks[hart.id()].acquire();
    }

    /**
     * Makes a callback known, while the machine is wired; the number is what {@link #callRcu} takes.
     *
     * @param callback the same on every machine of a description, registered in the same order
     * @return its number, from 0
     */
    public int register(RcuCallback callback) {
        callbacks.add(callback);
        return callbacks.size() - 1;
    }

    /**
     * Queues a callback to run after a grace period that begins later than this call. May be called anywhere, by any
     * hart.
     *
     * @param callback a number from {@link #register}
     * @param argument handed to the callback, for instance a frame number
     * @throws IllegalStateException if {@link #CAPACITY} callbacks wait already
     */
    @Mirrors("call_rcu")
    public void callRcu(int callback, long argument) {
        long ticket = reserveSlot();
        long slot = slotOf(ticket);
        words.setOpaque(slot + Long.BYTES, argument);
        // Release: the argument, and what it stands for, come before the slot is full; pairs with the await in
        // runCallbacks.
        words.setRelease(slot, callback + 1L);
    }

    private long reserveSlot() {
        for (; ; ) {
            long ticket = queued();
            if (ticket - completed() >= CAPACITY) {
                throw new IllegalStateException(CAPACITY + " RCU callbacks wait already: somebody must poll");
            }
            // Full barrier: the caller's unhook comes before the callback is counted; pairs with runClaimed's load of
            // tail.
            if (words.compareAndSet(tail, ticket, ticket + 1)) {
                return ticket;
            }
        }
    }

    /**
     * Waits until every hart was observed outside a reader: {@code synchronize_rcu}.
     *
     * @param waiter the hart whose thread calls
     * @throws IllegalStateException if {@code waiter} has interrupts off or is itself a reader
     */
    @Mirrors("synchronize_rcu")
    public void synchronize(Hart waiter) {
        waiter.requireMayWait("a grace period");
        for (int id = 0; id < machine.harts(); id++) {
            Hart hart = machine.hart(id);
            // The observation is a full-barrier read-modify-write of the context word: a reader's entry is either
            // before it in that word's modification order, and seen, or after it, and then its loads see the unhook.
            if (!ContextWord.isQuiescent(hart.observeContext(waiter))) {
                // Acquire: pairs with the reader's exit. Whoever enters later reads a value that follows our
                // observation in the word's modification order, and so sees the unhook: there is no need to look again.
                words.await(hart.contextOffset(), Conditions.CLEAR, ContextWord.READER);
            }
        }
    }

    /**
     * Runs the callbacks queued before this call, after a grace period: what {@code rcu_do_batch} does for a CPU.
     *
     * @param runner the hart whose thread calls
     * @return how many ran; 0 also if another hart is at it
     * @throws IllegalStateException if {@code runner} may not wait for a grace period
     */
    @Mirrors("rcu_do_batch")
    public int runCallbacks(Hart runner) {
        runner.requireMayWait("RCU callbacks");
        long before = words.getOpaque(progress);
        if ((before & POLLING) != 0 || queued() == before >>> 1) {
            return 0;
        }
        if (!words.compareAndSet(progress, before, before | POLLING)) {
            return 0;
        }
        return runClaimed(runner, before >>> 1);
    }

    private int runClaimed(Hart runner, long first) {
        long done = first;
        // Acquire, in the full barrier of the claim: all callbacks up to here were queued before the grace period
        // begins.
        long limit = queued();
        try {
            synchronize(runner);
            while (done < limit) {
                runOne(runner, done++);
            }
        } finally {
            // Release: the callbacks' effects come before their completion; pairs with barrier's await.
            words.setRelease(progress, done << 1);
        }
        return (int) (limit - first);
    }

    private void runOne(Hart runner, long ticket) {
        long slot = slotOf(ticket);
        // Acquire: pairs with callRcu's release.
        long callback = words.await(slot, Conditions.ANY_SET, -1L) - 1;
        long argument = words.getOpaque(slot + Long.BYTES);
        words.setOpaque(slot, 0);
        callbacks.get((int) callback).run(runner, argument);
    }

    /**
     * Waits until every callback queued before this call has run, helping: {@code rcu_barrier}.
     *
     * @param waiter the hart whose thread calls
     * @throws IllegalStateException if {@code waiter} may not wait for a grace period
     */
    @Mirrors("rcu_barrier")
    public void barrier(Hart waiter) {
        waiter.requireMayWait("RCU callbacks");
        long ticket = queued();
        while (completed() < ticket) {
            if (runCallbacks(waiter) == 0) {
                words.await(progress, IDLE_OR_COMPLETED, ticket);
            }
        }
    }

    /**
     * Waits until callbacks wait, and runs those that do: the loop body of a hart that does nothing else.
     *
     * @param runner the hart whose thread calls; may not be a reader
     */
    public void serve(Hart runner) {
        words.await(tail, Conditions.REACHED, completed() + 1);
        barrier(runner);
    }

    /** {@return how many callbacks ran since the machine was booted} */
    public long completed() {
        return words.getAcquire(progress) >>> 1;
    }

    /** {@return how many callbacks were queued since the machine was booted} */
    public long queued() {
        return words.getAcquire(tail);
    }

    private long slotOf(long ticket) {
        return slots + ticket % CAPACITY * SLOT_WORDS * Long.BYTES;
    }
}
