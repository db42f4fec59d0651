package dev.shootdown.stress;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachinePool;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.Reuse;
import dev.shootdown.pagetable.WalkTracker;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkTrace;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sample of a stressed race: a machine, its actors, and what they saw. A jcstress {@code @State} holds one.
 *
 * <p>{@link #walk}, {@link #mutate} and {@link #serve} are the bodies of the actors, each called once, by a thread of its
 * own; {@link #finish} is the body of the arbiter, called once after all of them, and gives the sample back.
 */
public final class StressSample implements RaceObserver {
    private static final long MEETING_BOUND_NANOS = 100_000_000L;
    private static final int SPINS_BEFORE_YIELDING = 2_000;
    /** Some two hundred cycles, in instructions that fit into a reorder buffer. */
    private static final int STEPS_BEFORE_UNHOOK = 48;

    private static final int WALKER = 0;
    private static final int MUTATOR = 1;
    private static final int THIRD = 2;

    private final StressRig rig;
    private final RaceInstance instance;
    private final Hart walkerHart;
    private final FrameTable frameTable;
    /** By hart: the first walker, the mutator, then further walkers or a third actor. */
    private final ActorSide[] sides;

    private final WatchedWalker[] walkers;
    private final ActorSide mutator;
    /**
     * Where harts say that they walk, each has in its cache, before the race, what it will load of the other: the tables and
     * the flags, as harts have that did the same a moment ago. An unhook then stays in a store buffer until the other's copy is
     * gone, while the flags are at hand: which is what a tracker must cope with.
     */
    private final Optional<WalkTracker> tracker;

    private int skew;
    private MachinePool.@Nullable Lease<StressSample> lease;

    StressSample(StressRig rig, Machine machine) {
        Race race = rig.race();
        this.rig = rig;
        this.walkerHart = machine.hart(WALKER);
        this.frameTable = machine.memory().frameTable();
        this.sides = new ActorSide[race.actors()];
        Arrays.setAll(sides, hart -> new ActorSide());
        this.mutator = sides[MUTATOR];
        this.tracker = rig.meeting() == Meeting.NONE ? Optional.empty() : WalkTracker.of(machine);
        this.walkers = new WatchedWalker[race.conditions().walkers()];
        Arrays.setAll(walkers, number -> new WatchedWalker(rig, sides[hartOf(number)], frameTable));
        this.instance = new RaceInstance(race, machine, this);
    }

    /** Walkers 0, 1, 2, … are harts 0, 2, 3, … */
    private static int hartOf(int walker) {
        return walker == 0 ? WALKER : MUTATOR + walker;
    }

    /** Sets back what the last sample left on the heap; the image was set back by the pool. */
    void begin(MachinePool.Lease<StressSample> newLease, Pace pace) {
        lease = newLease;
        int newSkew = pace.nextSkew();
        int newDawdle = pace.nextDawdle();
        for (ActorSide side : sides) {
            side.unmet = false;
            side.arrived = 0;
        }
        mutator.timed = pace.isTimed();
        mutator.nanos = 0;
        // What is timed is how long a mutator takes that nobody holds up.
        mutator.dawdle = mutator.timed ? 0 : newDawdle;
        mutator.walkWasOpen = false;
        skew = newSkew;
        mutator.delay = Math.max(newSkew, 0);
        for (WatchedWalker walker : walkers) {
            walker.side().delay = Math.max(-newSkew, 0);
            walker.begin(newDawdle);
        }
    }

    /** The walker's actor. */
    public void walk() {
        walk(0);
    }

    /**
     * The actor of walker {@code number}, from 0, where several walk.
     *
     * @param number from 0
     */
    public void walk(int number) {
        ActorSide side = walkers[number].side();
        if (tracker.isPresent()) {
            RaceSite site = instance.site();
            site.mm().parentOf(site.address(), site.conditions().victim());
        }
        meet(side);
        side.walked = instance.walk(number);
        instance.release(number);
    }

    /** The mutator's actor. */
    public void mutate() {
        tracker.ifPresent(WalkTracker::walking);
        meet(mutator);
        if (mutator.timed) {
            long started = System.nanoTime();
            instance.mutate();
            mutator.nanos = System.nanoTime() - started;
        } else {
            instance.mutate();
        }
    }

    /** The third actor, where the race has one. */
    public void serve() {
        meet(sides[THIRD]);
        instance.serve();
    }

    /** The actor that is that hart. */
    void act(int hart) {
        if (hart == MUTATOR) {
            mutate();
        } else if (hart == WALKER) {
            walk();
        } else if (hart <= walkers.length) {
            walk(hart - MUTATOR);
        } else {
            serve();
        }
    }

    /** {@return the arbiter's word for what happened, as a whole} Afterwards this sample belongs to the pool again. */
    public String finish() {
        String outcome = outcome();
        rig.record(this);
        MachinePool.Lease<StressSample> taken = lease;
        lease = null;
        if (taken == null) {
            throw new IllegalStateException(
                    "the arbiter ran twice for one sample of " + rig.race().id());
        }
        rig.giveBack(taken);
        return outcome;
    }

    /** The name of an {@link Outcome}, or what a classifier of the race's own named. */
    private String outcome() {
        WalkOutcome worst = worstWalk();
        if (worst.isForbidden()) {
            return worst.name();
        }
        Optional<OwnOutcome> own = ownOutcome();
        if (own.isPresent() && own.get().isForbidden()) {
            return own.get().name();
        }
        if (isNearMiss()) {
            return Outcome.NEAR_MISS.name();
        }
        return isUnmet() ? Outcome.UNMET.name() : own.map(OwnOutcome::name).orElse(worst.name());
    }

    private WalkOutcome worstWalk() {
        WalkOutcome worst = WalkOutcome.PINNED;
        for (WatchedWalker walker : walkers) {
            worst = walker.walked().compareTo(worst) > 0 ? walker.walked() : worst;
        }
        return worst;
    }

    private Optional<OwnOutcome> ownOutcome() {
        return rig.race().classifiers().isEmpty()
                ? Optional.empty()
                : instance.ownOutcome(
                        Arrays.stream(walkers).map(WatchedWalker::walked).toList());
    }

    private void meet(ActorSide self) {
        if (rig.meeting() == Meeting.NONE) {
            return;
        }
        self.arrived = 1;
        for (ActorSide side : sides) {
            if (side.arrived == 0 && !arrives(side)) {
                self.unmet = true;
            }
        }
        self.idled = Skew.idle(self.delay);
    }

    @SuppressWarnings("ThreadPriorityCheck") // with fewer processors than actors, the other one must get to run
    private static boolean arrives(ActorSide side) {
        for (int spins = 0; spins < SPINS_BEFORE_YIELDING; spins++) {
            if (side.arrived != 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        long started = System.nanoTime();
        while (side.arrived == 0) {
            if (System.nanoTime() - started > MEETING_BOUND_NANOS) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    @Override
    public RaceObserver ofWalker(int number) {
        return walkers[number];
    }

    @Override
    public void nextStep(int step) {}

    @Override
    public void sectionEnds(WalkTrace walk) {}

    /**
     * Where harts say that they walk, lets the unhook wait for a chain of steps that the loads behind it do not wait for. A
     * processor does them in the meantime, so the flags are read early and the unhook is seen late, by as much as its reorder
     * buffer holds: what a missing full barrier allows, made long enough to be met.
     */
    @Override
    public void unhooks() {
        if (tracker.isPresent()) {
            mutator.idled = Skew.idle(STEPS_BEFORE_UNHOOK);
        }
    }

    /** On the mutator's thread: notes whether a walk is under way now that the entry has changed. */
    @Override
    public void markerPassed() {
        long section = ContextWord.INTERRUPTS_OFF | ContextWord.RCU_NESTING | ContextWord.HARDWARE_WALK;
        mutator.walkWasOpen |= (walkerHart.peekContext() & section) != 0;
    }

    /** On the mutator's thread, too. */
    @Override
    public void rescheduled() {
        rig.dawdle(mutator);
    }

    boolean isUnmet() {
        for (ActorSide side : sides) {
            if (side.unmet) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether somebody about to free found a walk under way that had seen the old entry, or such a walk found at its end that a
     * table had been freed under it: the only trace that a walk in no section leaves, as nobody can ask for it.
     */
    boolean isContended() {
        boolean exposed = false;
        boolean overtaken = false;
        for (WatchedWalker walker : walkers) {
            exposed |= walker.isExposed();
            overtaken |= walker.isExposed() && walker.isNearMiss();
        }
        return overtaken || (exposed && (mutator.walkWasOpen || sectionsFoundOpen() > 0));
    }

    private long sectionsFoundOpen() {
        Machine machine = instance.site().machine();
        long sum = 0;
        for (int hart = 0; hart < machine.harts(); hart++) {
            sum += machine.hart(hart).sectionsFoundOpen();
        }
        return sum;
    }

    boolean isNearMiss() {
        for (WatchedWalker walker : walkers) {
            if (walker.isNearMiss()) {
                return true;
            }
        }
        return false;
    }

    /** Of the first walker, whom the skew is steered by. */
    boolean cameBefore() {
        return walkers[0].cameBefore();
    }

    /** How long the mutator took, in nanoseconds, or 0 if that was not measured. */
    long mutatorNanos() {
        return mutator.nanos;
    }

    /** The level of the table in which a walker read what it must not, or -1. */
    int findingLevel() {
        int level = -1;
        for (WatchedWalker walker : walkers) {
            level = Math.max(level, walker.findingLevel());
        }
        return level;
    }

    int skew() {
        return skew;
    }

    /** Whether it was, or, if it is a table that is never freed, has begun its next life. */
    boolean isFreed(long victim) {
        return victim != PhysicalMemory.NO_FRAME
                && (frameTable.generation(victim) > 0 || frameTable.owner(victim) == Reuse.FOREIGN_OWNER);
    }

    long interrupts(InterruptDelivery delivery) {
        Machine machine = instance.site().machine();
        long sum = 0;
        for (int hart = 0; hart < machine.harts(); hart++) {
            sum += machine.hart(hart).interrupts(delivery);
        }
        return sum;
    }

    RaceInstance instance() {
        return instance;
    }

    @Override
    public String toString() {
        return "sample of " + rig.race().id();
    }
}
