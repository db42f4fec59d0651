package dev.shootdown.stress;

import static dev.shootdown.walk.WalkProbe.NEXT_ACCESS;

import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.race.Position;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;
import dev.shootdown.walk.WalkTrace;

/** Watches one walker of a sample from inside, and makes it dawdle. Confined to its thread while the race is on. */
final class WatchedWalker implements RaceObserver {
    private static final int NO_LEVEL = -1;

    private final StressRig rig;
    private final ActorSide side;
    private final Race race;
    private final FrameTable frameTable;
    private final int victimLevel;
    private final int weakestStep;
    private final int rootLevel;
    private final boolean accessesPages;

    WatchedWalker(StressRig rig, ActorSide side, FrameTable frameTable) {
        this.rig = rig;
        this.side = side;
        this.race = rig.race();
        this.frameTable = frameTable;
        this.victimLevel = race.conditions().victim().level();
        this.weakestStep = race.mutator().weakestStep(race.conditions());
        this.rootLevel = race.satp().rootLevel();
        this.accessesPages = race.walker().accessesPages();
    }

    /**
     * Before a sample. Half of those in which the hardware walks dawdle between two accesses: the pointers in its caches are
     * caught there, where no fence waits for it.
     */
    void begin(int dawdle) {
        side.dawdle = dawdle;
        side.dawdlesBefore = accessesPages && (dawdle & 1) != 0 ? NEXT_ACCESS : weakestStep;
        side.walked = WalkOutcome.NOT_PRESENT;
        side.enteredVictim = false;
        side.reachedPage = false;
        side.findingLevel = NO_LEVEL;
        side.nearMiss = false;
    }

    /**
     * Dawdles before the step at which the walker is most likely to be caught.
     */
    @Override
    public void nextStep(int step) {
        side.reachedPage |= step == WalkProbe.PIN;
        if (step == side.dawdlesBefore) {
            rig.dawdle(side);
        }
    }

    /** The section still open: notes where the walker has been, and whether that was freed under it. */
    @Override
    public void sectionEnds(WalkTrace walk) {
        side.enteredVictim |=
                walk.enteredTable(victimLevel) != PhysicalMemory.NO_FRAME || walk.wasTurnedAway(victimLevel);
        for (int level = 0; level < rootLevel; level++) {
            long table = walk.enteredTable(level);
            if (table != PhysicalMemory.NO_FRAME && frameTable.generation(table) > 0) {
                side.nearMiss = true;
            }
        }
        side.findingLevel = walk.findingLevel();
    }

    @Override
    public void markerPassed() {}

    ActorSide side() {
        return side;
    }

    WalkOutcome walked() {
        return side.walked;
    }

    boolean isNearMiss() {
        return side.nearMiss;
    }

    /** The level of the table in which it read what it must not, or -1. */
    int findingLevel() {
        return side.findingLevel;
    }

    boolean cameBefore() {
        return race.mutator().cameBefore(side.walked, position());
    }

    boolean isExposed() {
        return race.mutator().isExposed(side.walked, position());
    }

    private Position position() {
        if (side.reachedPage) {
            return Position.REACHED_PAGE;
        }
        return side.enteredVictim ? Position.ENTERED_VICTIM : Position.STAYED_OUTSIDE;
    }
}
