package dev.shootdown.hart;

import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * A hardware thread: one context word, a mailbox for inter-processor interrupts, and counters.
 *
 * <p>A hart is driven by at most one thread at a time; the methods that act for other harts say so.
 */
public final class Hart {
    private static final int ARGUMENT_WORDS = 4;
    private static final int COUNTERS = 7;
    private static final int PROXY_COUNTER = 1;
    private static final int LOCAL_FENCE_COUNTER = 2;
    private static final int MACHINE_FENCE_COUNTER = 4;
    private static final int FOUND_OPEN_COUNTER = 6;
    private static final long SECTION =
            ContextWord.INTERRUPTS_OFF | ContextWord.RCU_NESTING | ContextWord.HARDWARE_WALK;

    private static final Words.Condition ACKNOWLEDGED_OR_DELIVERABLE = new Words.Condition() {
        @Override
        public boolean holds(long context, long handlerRun) {
            return ContextWord.isAcknowledged(context, handlerRun) || ContextWord.isDeliverable(context);
        }

        @Override
        public String describe(long handlerRun) {
            return "at handler run " + (int) handlerRun
                    + " or requested, with interrupts on and no handler or walk under way";
        }
    };

    private static final Words.Update CLAIM_UNLESS_ACKNOWLEDGED = (context, handlerRun) ->
            ContextWord.isAcknowledged(context, handlerRun) ? context : ContextWord.claimed(context);

    private final Machine machine;
    private final Words words;
    private final int id;
    private final long context;
    private final long mailbox;
    private final long counters;
    private final InterruptsOff interruptsOff;
    private final HardwareWalkSection hardwareWalk = new HardwareWalkSection(this);

    Hart(Machine machine, int id) {
        ImageLayout layout = machine.layout();
        this.machine = machine;
        this.words = machine.words();
        this.id = id;
        this.context = layout.region(contextRegion(id)).offset();
        this.mailbox = layout.region("hart" + id + ".mailbox").offset();
        this.counters = layout.region("hart" + id + ".counters").offset();
        this.interruptsOff = new InterruptsOff(this, words, context);
    }

    static void reserve(ImageLayout layout, int id, int harts) {
        layout.reserve(contextRegion(id), 1);
        layout.reserve("hart" + id + ".mailbox", harts * ARGUMENT_WORDS);
        layout.reserve("hart" + id + ".counters", COUNTERS);
    }

    private static String contextRegion(int id) {
        return "hart" + id + ".context";
    }

    /** {@return the hart's number, from 0} */
    public int id() {
        return id;
    }

    /** {@return the machine it is part of} */
    public Machine machine() {
        return machine;
    }

    /** {@return this hart's bit in a mask of harts} */
    public long bit() {
        return 1L << id;
    }

    /** {@return the byte offset of the context word in the image} */
    public long contextOffset() {
        return context;
    }

    /**
     * Turns S-mode interrupts off until the section is closed.
     *
     * @return the section, to be closed by this hart's thread
     * @throws IllegalStateException if they are off already
     */
    public InterruptsOff interruptsOff() {
        return interruptsOff.open(words, context);
    }

    /**
     * Starts a walk of the hardware page-table walker: no trap is taken until it is closed.
     *
     * @return the section, to be closed by this hart's thread
     */
    public HardwareWalkSection hardwareWalk() {
        return hardwareWalk.open();
    }

    /** Takes the interrupts that wait, if they are on; does nothing otherwise. */
    public void takeInterrupts() {
        takeInterrupts(peekContext());
    }

    /** As {@link #takeInterrupts()}, for a hart that knows its context word from having changed it. */
    void takeInterrupts(long known) {
        long now = known;
        while (ContextWord.isDeliverable(now)) {
            // A request posted during a handler run needs a run of its own.
            now = claim(now) ? runHandler(now & ContextWord.REQUESTS, InterruptDelivery.SELF) : peekContext();
        }
    }

    /**
     * Waits for an interrupt beyond the first {@code handlerRuns} and takes it: what a hart does that has nothing else to
     * do.
     *
     * @param handlerRuns how many have been taken, modulo 2<sup>32</sup>
     * @return whether this hart took it itself; false if a sender had taken it in its place
     * @throws IllegalStateException if interrupts are off, or inside {@code rcu_read_lock}
     */
    public boolean awaitInterrupt(int handlerRuns) {
        requireMayWait("an interrupt");
        return awaitHandlerRun(handlerRuns + 1, InterruptDelivery.SELF);
    }

    /**
     * An M-mode fence on this hart, done by firmware that {@code sender} called: it waits for an instruction boundary, and
     * for nothing else. Interrupts-off sections and RCU readers do not hold it off.
     *
     * @param sender the hart whose thread calls
     * @param fence what to invalidate
     */
    @Mirrors("sbi_rfence (M-mode)")
    public void machineModeFence(Hart sender, SfenceVma fence) {
        invalidatePastInterrupts(sender, fence);
        sender.increment(MACHINE_FENCE_COUNTER + fence.extent().ordinal());
    }

    /**
     * An M-mode fence for every address and every address space.
     *
     * @param sender the hart whose thread calls
     * @param extent {@link FenceExtent#RANGE} spares cached non-leaf entries
     */
    public void machineModeFence(Hart sender, FenceExtent extent) {
        machineModeFence(sender, SfenceVma.of(extent));
    }

    /**
     * Invalidates on this hart, on behalf of {@code sender}, without any interrupt that S-mode could mask: waits for an
     * instruction boundary only.
     *
     * @param sender the hart whose thread calls
     * @param fence what to invalidate
     */
    public void invalidatePastInterrupts(Hart sender, SfenceVma fence) {
        if (machine.translationCaches().equals(TranslationCaches.NONE)) {
            awaitInstructionBoundary(sender);
        } else {
            invalidateInMachineMode(sender, fence);
        }
    }

    private void awaitInstructionBoundary(Hart sender) {
        // Full barrier: one modification order with the entry into a hardware walk (HardwareWalkSection.open).
        if ((observeContext(sender) & ContextWord.HARDWARE_WALK) != 0) {
            // Acquire: pairs with the end of the walk; one that begins later follows our observation.
            words.await(context, Conditions.CLEAR, ContextWord.HARDWARE_WALK);
        }
    }

    private void invalidateInMachineMode(Hart sender, SfenceVma fence) {
        sender.noteOpen(peekContext());
        // Full barrier: the unhook comes before the claim, and what the walk cached that kept it waiting is seen below;
        // pairs with the entry into a walk and its end (HardwareWalkSection).
        words.awaitAndAdd(
                context,
                Conditions.CLEAR,
                ContextWord.HARDWARE_WALK | ContextWord.MACHINE_MODE,
                ContextWord.MACHINE_MODE);
        machine.translationCaches().invalidate(this, fence);
        // Full barrier: the caches are emptied before the next walk begins; pairs with HardwareWalkSection.open.
        words.getAndBitwiseAnd(context, ~ContextWord.MACHINE_MODE);
    }

    /**
     * {@code sfence.vma} by this hart, or by a handler in its place.
     *
     * @param fence what to invalidate
     */
    @Mirrors("local_flush_tlb_range_asid")
    public void localFence(SfenceVma fence) {
        machine.translationCaches().invalidate(this, fence);
        words.getAndAdd(counter(LOCAL_FENCE_COUNTER + fence.extent().ordinal()), 1);
    }

    /**
     * A local fence for every address and every address space.
     *
     * @param extent {@link FenceExtent#RANGE} spares cached non-leaf entries
     */
    public void localFence(FenceExtent extent) {
        localFence(SfenceVma.of(extent));
    }

    /**
     * {@return the context word, observed by {@code observer}'s thread so that it may decide a free: by a full-barrier
     * read-modify-write}
     *
     * @param observer counts a section that it finds open
     */
    public long observeContext(Hart observer) {
        // Full barrier: pairs with the entries' read-modify-writes (InterruptsOff.open, rcu_read_lock, hardware walk).
        return observer.noteOpen(words.getAndAdd(context, 0));
    }

    private long noteOpen(long observed) {
        if ((observed & SECTION) != 0) {
            noteWalkUnderWay();
        }
        return observed;
    }

    /** Counts that this hart, about to free something, found out by other means that somebody is in mid-walk. */
    public void noteWalkUnderWay() {
        increment(FOUND_OPEN_COUNTER);
    }

    /** Adds one to a counter of which this hart's thread is the only writer. */
    private void increment(int index) {
        long counter = counter(index);
        words.setOpaque(counter, words.getOpaque(counter) + 1);
    }

    /** {@return the context word, unordered: for messages and statistics only, never to decide a free} */
    public long peekContext() {
        return words.getOpaque(context);
    }

    /**
     * {@return how many handler runs this hart took itself, or others took in its place}
     *
     * @param delivery whose thread ran the handler
     */
    public long interrupts(InterruptDelivery delivery) {
        return words.getOpaque(counterOf(delivery));
    }

    /**
     * {@return how many M-mode fences of {@code extent} firmware did on this hart's call, on any hart}
     *
     * @param extent which fences to count
     */
    public long machineModeFences(FenceExtent extent) {
        return words.getOpaque(counter(MACHINE_FENCE_COUNTER + extent.ordinal()));
    }

    /**
     * {@return how many fences of {@code extent} this hart executed in S-mode, in handlers too}
     *
     * @param extent which fences to count
     */
    public long localFences(FenceExtent extent) {
        return words.getOpaque(counter(LOCAL_FENCE_COUNTER + extent.ordinal()));
    }

    /**
     * {@return how often this hart, about to free something, found another one in mid-walk: in a section of its context
     * word, or with a lock}
     */
    public long sectionsFoundOpen() {
        return words.getOpaque(counter(FOUND_OPEN_COUNTER));
    }

    /**
     * Throws unless this hart may wait for another one: with interrupts off, or inside a reader, two harts could wait for
     * each other for ever.
     *
     * @param forWhat what it would wait for, for the message
     * @throws IllegalStateException if it may not
     */
    public void requireMayWait(String forWhat) {
        long now = peekContext();
        if ((now & (ContextWord.INTERRUPTS_OFF | ContextWord.RCU_NESTING)) != 0) {
            throw new IllegalStateException(
                    this + " may not wait for " + forWhat + " here " + ContextWord.describe(now));
        }
    }

    /** Posts a request of {@code sender} and returns the ticket to wait for. Called by the sender's thread. */
    int post(Hart sender, int function, long first, long second, long third) {
        long slot = mailbox + (long) sender.id * ARGUMENT_WORDS * Long.BYTES;
        words.setOpaque(slot, function);
        words.setOpaque(slot + 8, first);
        words.setOpaque(slot + 16, second);
        words.setOpaque(slot + 24, third);
        // Full barrier: the arguments, and all the sender's earlier stores, come before the request; pairs with the
        // claim, by the hart or by a sender in its place.
        long before = words.getAndBitwiseOr(context, ContextWord.requestOf(sender.id));
        return ContextWord.ticketAfterPostingOnto(sender.noteOpen(before));
    }

    /** Waits until the request behind {@code ticket} was served, serving it in this hart's place if that is possible. */
    void awaitServed(int ticket) {
        awaitHandlerRun(ticket, InterruptDelivery.BY_PROXY);
    }

    /**
     * Waits until a handler run is over, and does it if this hart could take an interrupt: a request that was posted and not
     * served still waits where no handler runs.
     *
     * @return whether it was done here
     */
    private boolean awaitHandlerRun(int handlerRun, InterruptDelivery delivery) {
        // Acquire if it is over: pairs with the acknowledgement in runHandler, so that the earlier loads of whoever ran
        // it,
        // and of this hart's section before it, come before our return. Full barrier if we claim it, as in claim.
        long before = words.awaitAndUpdate(
                context, ACKNOWLEDGED_OR_DELIVERABLE, handlerRun, CLAIM_UNLESS_ACKNOWLEDGED, handlerRun);
        boolean claimed = !ContextWord.isAcknowledged(before, handlerRun);
        if (claimed) {
            runHandler(before & ContextWord.REQUESTS, delivery);
        }
        return claimed;
    }

    /** Claims the in-handler bit together with the requests that wait, if the word still is as {@code known}. */
    private boolean claim(long known) {
        // Full barrier: takes exactly the requests posted before this point; pairs with post and InterruptsOff.
        return words.compareAndSet(context, known, ContextWord.claimed(known));
    }

    /** Serves what was claimed, and returns the context word as it is afterwards. */
    private long runHandler(long requests, InterruptDelivery delivery) {
        long done = ContextWord.ONE_ACKNOWLEDGEMENT - ContextWord.IN_HANDLER;
        long after;
        try {
            serve(requests);
            count(delivery);
        } finally {
            // Full barrier: the handler's effects come before the acknowledgement; pairs with awaitHandlerRun.
            after = words.getAndAdd(context, done) + done;
        }
        return after;
    }

    /** Counts a handler run. The in-handler bit makes its holder the counters' only writer. */
    private void count(InterruptDelivery delivery) {
        long counter = counterOf(delivery);
        words.setOpaque(counter, words.getOpaque(counter) + 1);
    }

    private void serve(long requests) {
        RuntimeException broke = null;
        for (int sender = 0; sender < machine.harts(); sender++) {
            if ((requests & ContextWord.requestOf(sender)) != 0) {
                try {
                    serve(sender);
                } catch (RuntimeException e) {
                    broke = e; // The others were claimed with it, and will be told that they were served.
                }
            }
        }
        if (broke != null) {
            throw broke;
        }
    }

    private void serve(int sender) {
        long slot = mailbox + (long) sender * ARGUMENT_WORDS * Long.BYTES;
        IpiFunction function = machine.ipiFunction((int) words.getOpaque(slot));
        function.run(this, words.getOpaque(slot + 8), words.getOpaque(slot + 16), words.getOpaque(slot + 24));
    }

    private long counterOf(InterruptDelivery delivery) {
        return counter(delivery == InterruptDelivery.SELF ? 0 : PROXY_COUNTER);
    }

    private long counter(int index) {
        return counters + (long) index * Long.BYTES;
    }

    Words words() {
        return words;
    }

    @Override
    public String toString() {
        return "hart " + id;
    }
}
