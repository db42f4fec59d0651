package dev.shootdown.stress;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachinePool;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Position;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkTrace;
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
    private static final int WALKER = 0;
    private static final int MUTATOR = 1;
    private static final int THIRD = 2;

    private final StressFork fork;
    private final RaceInstance instance;
    private final Hart walkerHart;
    private final FrameTable frameTable;
    private final int victimLevel;
    private final int weakestStep;
    private final int rootLevel;
    private final ActorSide[] sides;
    private final ActorSide walker;
    private final ActorSide mutator;
    private WalkOutcome walked = WalkOutcome.NOT_PRESENT;
    private int skew;
    private MachinePool.@Nullable Lease<StressSample> lease;

    StressSample(StressFork fork, Machine machine) {
        this.fork = fork;
        this.instance = new RaceInstance(fork.race(), machine, this);
        this.walkerHart = machine.hart(WALKER);
        this.frameTable = machine.memory().frameTable();
        this.victimLevel = fork.race().conditions().victim().level();
        this.weakestStep = fork.race().mutator().weakestStep(fork.race().conditions());
        this.rootLevel = fork.race().satp().rootLevel();
        this.sides = new ActorSide[fork.race().actors()];
        for (int side = 0; side < sides.length; side++) {
            sides[side] = new ActorSide();
        }
        this.walker = sides[WALKER];
        this.mutator = sides[MUTATOR];
    }

    /** Sets back what the last sample left on the heap; the image was set back by the pool. */
    void begin(MachinePool.Lease<StressSample> newLease, Pace pace) {
        lease = newLease;
        int newSkew = pace.nextSkew();
        int newDawdle = pace.nextDawdle();
        mutator.timed = pace.isTimed();
        mutator.nanos = 0;
        skew = newSkew;
        walked = WalkOutcome.NOT_PRESENT;
        walker.delay = Math.max(-newSkew, 0);
        mutator.delay = Math.max(newSkew, 0);
        walker.dawdle = newDawdle;
        walker.enteredVictim = false;
        walker.nearMiss = false;
        mutator.walkWasOpen = false;
        for (ActorSide side : sides) {
            side.unmet = false;
            side.arrived = 0;
        }
    }

    /** The walker's actor. */
    public void walk() {
        meet(walker);
        walked = instance.walk();
        instance.release();
    }

    /** The mutator's actor. */
    public void mutate() {
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

    /** The arbiter: what happened, as a whole. Afterwards this sample belongs to the pool again. */
    public Outcome finish() {
        Outcome outcome = outcome();
        fork.record(this, outcome);
        MachinePool.Lease<StressSample> taken = lease;
        lease = null;
        if (taken == null) {
            throw new IllegalStateException(
                    "the arbiter ran twice for one sample of " + fork.race().id());
        }
        fork.giveBack(taken);
        return outcome;
    }

    private Outcome outcome() {
        Outcome outcome = Outcome.of(walked);
        if (outcome.isForbidden()) {
            return outcome;
        }
        if (walker.nearMiss) {
            return Outcome.NEAR_MISS;
        }
        return isUnmet() ? Outcome.UNMET : outcome;
    }

    private void meet(ActorSide self) {
        if (fork.meeting() == Meeting.NONE) {
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

    /**
     * On the walker's thread: dawdles before the step at which it is most likely to be caught. With fewer processors than
     * actors it gives its own away there, as a vCPU that is preempted in mid-walk does: otherwise hardly any sample has all
     * actors in the race at once.
     */
    @Override
    @SuppressWarnings("ThreadPriorityCheck") // see above
    public void nextStep(int step) {
        if (step == weakestStep && walker.dawdle > 0) {
            walker.idled += Skew.idle(walker.dawdle);
            if (fork.isOversubscribed()) {
                Thread.yield();
            }
        }
    }

    /** On the walker's thread, its section still open: notes where it has been, and whether that was freed under it. */
    @Override
    public void sectionEnds(WalkTrace walk) {
        walker.enteredVictim |= walk.enteredTable(victimLevel) != PhysicalMemory.NO_FRAME;
        for (int level = 0; level < rootLevel; level++) {
            long table = walk.enteredTable(level);
            if (table != PhysicalMemory.NO_FRAME && frameTable.generation(table) > 0) {
                walker.nearMiss = true;
            }
        }
        walker.findingLevel = walk.findingLevel();
    }

    /** On the mutator's thread: notes whether a walk is under way now that the entry has changed. */
    @Override
    public void markerPassed() {
        long section = ContextWord.INTERRUPTS_OFF | ContextWord.RCU_NESTING | ContextWord.HARDWARE_WALK;
        mutator.walkWasOpen |= (walkerHart.peekContext() & section) != 0;
    }

    boolean isUnmet() {
        for (ActorSide side : sides) {
            if (side.unmet) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody about to free found a walk under way that had seen the old entry. */
    boolean isContended() {
        boolean exposed = fork.race().mutator().isExposed(walked, position());
        return exposed && (mutator.walkWasOpen || sectionsFoundOpen() > 0);
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
        return walker.nearMiss;
    }

    private Position position() {
        return walker.enteredVictim ? Position.ENTERED_VICTIM : Position.STAYED_OUTSIDE;
    }

    boolean cameBefore() {
        return fork.race().mutator().cameBefore(walked, position());
    }

    /** How long the mutator took, in nanoseconds, or 0 if that was not measured. */
    long mutatorNanos() {
        return mutator.nanos;
    }

    int findingLevel() {
        return walker.findingLevel;
    }

    int skew() {
        return skew;
    }

    boolean isFreed(long victim) {
        return victim != PhysicalMemory.NO_FRAME && frameTable.generation(victim) > 0;
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
        return "sample of " + fork.race().id();
    }
}
