package dev.shootdown.explore.faults;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.IpiFunction;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.Words;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;
import java.util.Arrays;

/** A machine on which each freer's entry leads to a table of one word: what {@link Part}s work on. */
final class UnhookSite {
    static final long FREED = 2;

    private static final String ENTRIES = "entries";
    private static final String TABLES = "tables";
    private static final String STORED = "stored";
    private static final long HOOKED = 1;
    private static final long LIVE = 1;

    private final Machine machine;
    private final Words words;
    private final int[] freers;
    private final long readers;
    private final long entries;
    private final long tables;
    private final long stored;
    private final Rcu rcu;
    private final Ipi nothing;
    private final Ipi unhooking;
    private final Ipi storing;
    private final Shootdown exact;
    private final Shootdown skipping;
    private final int idleCallback;
    private final int freeCallback;
    private final Outcome[] outcomes;

    /** What a hart came to. */
    enum Outcome {
        /** Nothing that must not be. */
        HELD,
        /** It loaded from a freed table. */
        READ_FREED,
        /** It freed a table that nobody had asked it to free. */
        FREED_ANOTHER,
        /** An interrupt that it had waited for had not run its function. */
        HANDLER_HAS_NOT_RUN
    }

    UnhookSite(Machine machine, int[] freers, long readers) {
        this.machine = machine;
        this.words = machine.words();
        this.freers = freers;
        this.readers = readers;
        this.entries = machine.region(ENTRIES);
        this.tables = machine.region(TABLES);
        this.stored = machine.region(STORED);
        this.rcu = new Rcu(machine);
        this.nothing = machine.ipi(IpiFunction.NOTHING);
        this.unhooking = machine.ipi((target, freer, second, third) -> unhook(machine.hart((int) freer)));
        this.storing = machine.ipi((target, sender, second, third) -> words.setOpaque(at(stored, (int) sender), 1));
        this.exact = new SmodeIpi(machine);
        this.skipping = new SkipsAHart(machine);
        this.idleCallback = rcu.register((runner, argument) -> {});
        this.freeCallback = rcu.register((runner, freer) -> free(runner, (int) freer));
        this.outcomes = new Outcome[machine.harts()];
        Arrays.fill(outcomes, Outcome.HELD);
    }

    static MachineSpec addRegions(MachineSpec spec) {
        return spec.withRegion(ENTRIES, spec.harts())
                .withRegion(TABLES, spec.harts())
                .withRegion(STORED, spec.harts());
    }

    private static long at(long region, int hart) {
        return region + (long) hart * Long.BYTES;
    }

    /** Hooks every freer's table. */
    void prepare() {
        for (int freer : freers) {
            words.setOpaque(at(entries, freer), HOOKED);
            words.setOpaque(at(tables, freer), LIVE);
        }
    }

    /** The hart that begins its part. */
    Hart begin(int hart) {
        outcomes[hart] = Outcome.HELD;
        return machine.hart(hart);
    }

    /** The worst that a hart came to. */
    Outcome outcome() {
        return Arrays.stream(outcomes).max(Outcome::compareTo).orElseThrow();
    }

    boolean isTable(long offset) {
        return offset >= tables && offset < at(tables, machine.harts());
    }

    /** Loads every entry, and of those that are there the table. */
    void follow(Hart reader) {
        for (int freer : freers) {
            // Acquire: the table is loaded after the entry that leads to it.
            if (words.getAcquire(at(entries, freer)) == HOOKED && words.getOpaque(at(tables, freer)) == FREED) {
                outcomes[reader.id()] = Outcome.READ_FREED;
            }
        }
    }

    /** Puts the first reader into a handler run of somebody who took no other requests with it. */
    void beginHandlerRun() {
        words.setOpaque(reader().contextOffset(), ContextWord.IN_HANDLER);
    }

    /** Full barrier, as Hart.runHandler's. */
    void endHandlerRun() {
        words.getAndAdd(reader().contextOffset(), ContextAccess.ONE_RUN - ContextWord.IN_HANDLER);
    }

    /** Opaque: ordered before what follows by those who wait, not here. */
    void unhook(Hart freer) {
        words.setOpaque(at(entries, freer.id()), 0);
    }

    void free(Hart freer) {
        free(freer, freer.id());
    }

    private void free(Hart runner, int freer) {
        if (Arrays.stream(freers).noneMatch(hart -> hart == freer)) {
            outcomes[runner.id()] = Outcome.FREED_ANOTHER;
        }
        words.setOpaque(at(tables, freer), FREED);
    }

    /** To be asked after an interrupt whose handler stores the sender's word. */
    void requireStored(Hart sender) {
        if (words.getOpaque(at(stored, sender.id())) == 0) {
            outcomes[sender.id()] = Outcome.HANDLER_HAS_NOT_RUN;
        }
    }

    /** The span of a table, the same in every program: what matters is who is told. */
    static FlushRange flushRange() {
        FlushRange range = new FlushRange();
        range.widenByTable(0, 1, 1);
        return range;
    }

    /** A mask of the readers. */
    long readers() {
        return readers;
    }

    /** The first reader. */
    Hart reader() {
        return machine.hart(Long.numberOfTrailingZeros(readers));
    }

    Rcu rcu() {
        return rcu;
    }

    /** An interrupt that does nothing. */
    Ipi nothing() {
        return nothing;
    }

    /** An interrupt whose handler unhooks the sender's entry. */
    Ipi unhooking() {
        return unhooking;
    }

    /** An interrupt whose handler stores the sender's word. */
    Ipi storing() {
        return storing;
    }

    Shootdown exact() {
        return exact;
    }

    Shootdown skipping() {
        return skipping;
    }

    int idleCallback() {
        return idleCallback;
    }

    int freeCallback() {
        return freeCallback;
    }
}
