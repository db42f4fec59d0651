package dev.shootdown.race;

import dev.shootdown.hart.Machine;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkTrace;
import java.time.Duration;

/**
 * Runs a race on one thread: the walker walks, and the whole mutator runs in the middle of the walk, before one of its
 * steps. A mutator that has to wait for the walker cannot be done there: its wait expires, which is what {@link #blocked}
 * tells.
 */
final class Interleaving implements RaceObserver {
    private final int step;
    private final RaceInstance instance;
    private final long victim;
    private boolean mutated;
    private boolean blocked;
    private boolean freedInWalk;
    private int findingLevel;
    private WalkOutcome outcome;

    private Interleaving(Race race, int step) {
        this.step = step;
        this.instance = new RaceInstance(
                race, Machine.boot(RaceInstance.specOf(race).withWaitBound(Duration.ofMillis(2))), this);
        instance.prepare();
        this.victim = race.mutator().victimFrame(instance.site());
    }

    /** The mutator runs when the walker is about to load from the victim, or to pin the page that goes. */
    static Interleaving atTheWeakestStep(Race race) {
        return at(race.mutator().weakestStep(race.conditions()), race);
    }

    /** The mutator runs before that step of the walk, see {@link dev.shootdown.walk.WalkProbe#nextStep}. */
    static Interleaving at(int step, Race race) {
        Interleaving interleaving = new Interleaving(race, step);
        interleaving.outcome = interleaving.instance.walk();
        return interleaving;
    }

    @Override
    public void nextStep(int next) {
        if (next == step && !mutated) {
            mutated = true;
            try {
                instance.mutate();
            } catch (WaitExpired expected) {
                blocked = true;
            }
        }
    }

    @Override
    public void sectionEnds(WalkTrace descent) {
        findingLevel = descent.findingLevel();
        freedInWalk = victim != PhysicalMemory.NO_FRAME
                && instance.site().machine().memory().frameTable().generation(victim) > 0;
    }

    @Override
    public void markerPassed() {}

    WalkOutcome outcome() {
        return outcome;
    }

    /** Whether the mutator had to wait for the walker. */
    boolean blocked() {
        return blocked;
    }

    /** Whether the mutator ran at all. */
    boolean mutated() {
        return mutated;
    }

    boolean freedInWalk() {
        return freedInWalk;
    }

    int findingLevel() {
        return findingLevel;
    }
}
