package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.mm.GatherSizes;
import dev.shootdown.mm.KernelTableWork;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.Reuse;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.Absence;
import dev.shootdown.tlb.FirmwareHart;
import dev.shootdown.tlb.MmCpumask;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.walk.WalkOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A race on one machine, ready to run: each actor is a method that an engine calls on a thread of its own, once.
 *
 * <p>The walker is hart 0, the mutator hart 1, a third actor hart 2; further walkers are harts 2 and up.
 */
public final class RaceInstance {
    private static final int WALKER = 0;
    private static final int MUTATOR = 1;
    private static final int OWNER = 1;
    private static final int SPARE_FRAMES = 5;

    private final Race race;
    private final RaceSite site;
    /** The site as each walker sees it. */
    private final RaceSite[] seats;

    /** How the only walker's hart switches to the address space, if it does so without a barrier. */
    private final Optional<UnorderedSwitch> unorderedSwitch;

    private final Shootdown shootdown;
    private final Walker[] walkers;
    private final Mutator mutator;
    private final Optional<Runnable> ownActor;
    private final Reuse reuse;
    private final Classification classification;
    private final int lastCallback;
    /** Confined to the third actor, which alone runs callbacks where this matters. */
    private boolean lastCallbackRan;

    /**
     * Wires the race's actors around a machine made after {@link #specOf}.
     *
     * @param race of any kinds
     * @param machine one that no other instance is wired around
     * @param observer told of walks and of the mutator's marker
     */
    public RaceInstance(Race race, Machine machine, RaceObserver observer) {
        this.race = race;
        PageTables tables = new PageTables(machine, OWNER);
        Rcu rcu = new Rcu(machine);
        this.shootdown = dispatcher(race, machine);
        AddressSpace mm = new AddressSpace(machine, tables, shootdown, rcu);
        MmuGather gather =
                new MmuGather(machine.hart(MUTATOR), mm, race.freeing().strategy(), gatherSizes(race));
        this.site = new RaceSite(
                machine,
                machine.hart(WALKER),
                machine.hart(MUTATOR),
                tables,
                mm,
                rcu,
                gather,
                addressOf(race),
                race.conditions(),
                observer);
        this.seats = new RaceSite[race.conditions().walkers()];
        Arrays.setAll(seats, site::ofWalker);
        this.unorderedSwitch = unorderedSwitch(seats[0]);
        unorderedSwitch.ifPresent(own -> seats[0] = seats[0].observedBy(own));
        this.walkers = new Walker[seats.length];
        Arrays.setAll(walkers, number -> race.walker().on(seats[number]));
        this.mutator = race.mutator().on(site);
        this.ownActor = race.ownActor().map(actor -> actor.on(site));
        this.reuse = new Reuse(tables);
        this.classification = new Classification(race);
        this.lastCallback = rcu.register((runner, argument) -> lastCallbackRan = true);
    }

    /**
     * {@return the machine that a race needs}
     *
     * @param race of any kinds
     */
    public static MachineSpec specOf(Race race) {
        MachineSpec spec = MachineSpec.of(race.satp())
                .withHarts(race.actors())
                .withShape(race.conditions().shape())
                .withFrames(
                        race.satp().levels() + SPARE_FRAMES + race.conditions().walkers() - 1)
                .withAllocator(race.conditions().freedFrames().allocatorMode());
        spec = race.freeing().prepare(race.walker().prepare(race.mutator().prepare(spec)));
        if (race.conditions().presence() != WalkerPresence.PRESENT) {
            spec = Absence.addRegion(spec);
        }
        if (race.conditions().thirdActor() == ThirdActor.WORKER_HART) {
            spec = KernelTableWork.addOwnHart(spec);
        }
        spec = FirmwareHart.addRegion(race.shootdown().prepare(Rcu.addRegion(spec)));
        return PageTables.addRegion(spec, OWNER);
    }

    /** Maps what the race starts from: once, on the machine that becomes the template. */
    public void prepare() {
        site.tables().createRoot();
        race.mutator().prepare(site);
        for (int number = 0; number < walkers.length; number++) {
            race.walker().prepare(site.ofWalker(number));
            Attendance.at(site.ofWalker(number)).prepare();
        }
        race.freeing().prepare(site);
        MmCpumask mask = site.mm().cpumask();
        mask.enter(site.mutatorHart());
        if (race.conditions().mask() == WalkerMask.RUNNING) {
            for (RaceSite seat : seats) {
                mask.enter(seat.walkerHart());
            }
        }
        if (race.conditions().thirdActor() == ThirdActor.INTERRUPTED_HART) {
            mask.enter(site.thirdHart());
        }
    }

    /**
     * The walker's part, on its thread.
     *
     * @return how the walk ended
     */
    public WalkOutcome walk() {
        return walk(0);
    }

    /**
     * The part of one of several walkers, on its thread.
     *
     * @param number from 0
     * @return how the walk ended
     */
    public WalkOutcome walk(int number) {
        return switch (race.conditions().mask()) {
            case RUNNING, ABSENT -> walkers[number].walk(seats[number].address());
            case SWITCHES_IN -> {
                site.mm().cpumask().enter(seats[number].walkerHart());
                yield walkAndLeave(number);
            }
            case SWITCHES_IN_UNORDERED -> {
                unorderedSwitch.orElseThrow().begin();
                yield walkAndLeave(number);
            }
        };
    }

    private WalkOutcome walkAndLeave(int number) {
        WalkOutcome outcome = walkers[number].walk(seats[number].address());
        site.mm().cpumask().leave(seats[number].walkerHart());
        return outcome;
    }

    /** Drops what the walk pinned. The walker's part too, after {@link #walk()}. */
    public void release() {
        release(0);
    }

    /**
     * Drops what walker {@code number} pinned.
     *
     * @param number from 0
     */
    public void release(int number) {
        walkers[number].release();
    }

    /** The mutator's part: it returns when what it frees is freed and, in a recycling race, taken by somebody else. */
    public void mutate() {
        mutator.mutate();
        if (race.mutator().freesFrames()) {
            // Where nobody is waited for, nobody else tells that a walk is still under way.
            site.observer().markerPassed();
            race.freeing().afterwards(site);
        }
        switch (race.conditions().thirdActor()) {
            case NONE, INTERRUPTED_HART, OWN -> site.rcu().barrier(site.mutatorHart());
            case FIRMWARE -> {
                site.rcu().barrier(site.mutatorHart());
                ((FirmwareHart) shootdown).stop();
            }
            case RCU_CALLBACK_HART -> site.rcu().callRcu(lastCallback, 0);
            case WORKER_HART -> {
                site.rcu().barrier(site.mutatorHart());
                new KernelTableWork(site.machine()).close();
            }
        }
        switch (race.conditions().freedFrames()) {
            case QUARANTINE -> {}
            case RECYCLED_AS_DATA -> reuse.takeAll(Reuse.As.DATA);
            case RECYCLED_AS_TABLE -> reuse.takeAll(Reuse.As.TABLE);
        }
    }

    /** The third actor's part, if the race has one. */
    public void serve() {
        switch (race.conditions().thirdActor()) {
            case NONE -> throw new IllegalStateException(race.id() + " has no third actor");
            case FIRMWARE -> ((FirmwareHart) shootdown).serveUntilStopped(site.thirdHart());
            case INTERRUPTED_HART -> site.thirdHart().awaitInterrupt(0);
            case RCU_CALLBACK_HART -> runCallbacksToTheLast();
            case WORKER_HART -> new KernelTableWork(site.machine()).serveUntilClosed(site.thirdHart());
            case OWN -> ownActor.orElseThrow().run();
        }
    }

    private void runCallbacksToTheLast() {
        lastCallbackRan = false;
        while (!lastCallbackRan) {
            site.rcu().serve(site.thirdHart());
        }
    }

    /**
     * {@return what the race's own classifiers have to say when all actors are done, if anything}
     *
     * @param walks how they ended, by the number of the walker
     */
    public Optional<OwnOutcome> ownOutcome(List<WalkOutcome> walks) {
        return classification.of(site, walks);
    }

    /** {@return what the actors are built from} */
    public RaceSite site() {
        return site;
    }

    /** {@return the race that this is an instance of} */
    public Race race() {
        return race;
    }

    private static Optional<UnorderedSwitch> unorderedSwitch(RaceSite seat) {
        return seat.conditions().mask() == WalkerMask.SWITCHES_IN_UNORDERED
                ? Optional.of(new UnorderedSwitch(seat.mm().cpumask(), seat.walkerHart(), seat.observer()))
                : Optional.empty();
    }

    private static Shootdown dispatcher(Race race, Machine machine) {
        boolean servesWaiters =
                race.conditions().thirdActor() == ThirdActor.FIRMWARE && race.shootdown() == Shootdowns.SBI_RFENCE;
        return servesWaiters ? FirmwareHart.waiting(machine) : race.shootdown().on(machine);
    }

    private static GatherSizes gatherSizes(Race race) {
        return race.conditions()
                .gatherLimit()
                .sizes(race.conditions().shape())
                .withAllocation(race.freeing().batchAllocation());
    }

    /** Index 1 in the table of every level. */
    private static long addressOf(Race race) {
        long address = 0;
        for (int level = 0; level < race.satp().levels(); level++) {
            address |= VirtualAddress.entrySpan(level, race.conditions().shape());
        }
        return address;
    }
}
