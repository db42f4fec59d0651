package dev.shootdown.explore;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.walk.WalkOutcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A race as a program: the same actors that run under stress. */
final class RaceProgram implements Program {
    private static final int MUTATOR = 1;
    private static final Set<WalkOutcome> TOLD_BY_VALUE = EnumSet.of(
            WalkOutcome.READ_FREED_TABLE, WalkOutcome.READ_RECYCLED_TABLE, WalkOutcome.USED_STALE_TRANSLATION);

    private final Race race;
    private final MachineSpec spec;
    private final ImageLayout layout;
    private final long dram;

    RaceProgram(Race race) {
        this.race = race;
        this.spec = RaceInstance.specOf(race);
        this.layout = spec.layout();
        this.dram = layout.region("dram").offset();
    }

    @Override
    public String name() {
        return race.id();
    }

    @Override
    public int harts() {
        return race.actors();
    }

    @Override
    public ImageLayout layout() {
        return layout;
    }

    @Override
    public void prepare(Words words) {
        new RaceInstance(race, Machine.boot(spec, layout, words), RaceObserver.NONE).prepare();
    }

    @Override
    public Actors attach(Words words) {
        return new RaceActors(new RaceInstance(race, Machine.attach(spec, layout, words), RaceObserver.NONE));
    }

    @Override
    public String tell(Recording recording) {
        return TimelineText.of(Timeline.of(race, recording));
    }

    private final class RaceActors implements Actors {
        private final RaceInstance instance;
        private final PhysicalMemory memory;
        private final FrameTable frameTable;
        private final int owner;
        private final boolean accessesPages = race.walker().accessesPages();
        private final boolean mayReadOtherLives =
                race.freeing().keepsTables() && race.walker().looksAgain();
        private final Map<Integer, String> combinations = new HashMap<>();
        private final WalkOutcome[] outcomes = new WalkOutcome[race.conditions().walkers()];

        RaceActors(RaceInstance instance) {
            this.instance = instance;
            this.memory = instance.site().machine().memory();
            this.frameTable = memory.frameTable();
            this.owner = instance.site().tables().owner();
            Arrays.fill(outcomes, WalkOutcome.NOT_PRESENT);
        }

        @Override
        public void run(int hart) {
            if (hart == MUTATOR) {
                instance.mutate();
            } else if (isWalker(hart)) {
                int walker = walkerOf(hart);
                outcomes[walker] = instance.walk(walker);
                instance.release(walker);
            } else {
                instance.serve();
            }
        }

        private boolean isWalker(int hart) {
            return hart != MUTATOR && walkerOf(hart) < outcomes.length;
        }

        /** Harts 0, 2, 3, … are walkers 0, 1, 2, … */
        private static int walkerOf(int hart) {
            return hart == 0 ? 0 : hart - 1;
        }

        private static int hartOf(int walker) {
            return walker == 0 ? 0 : walker + 1;
        }

        @Override
        public String outcome() {
            String walks = outcomes.length == 1 ? outcomes[0].name() : combined();
            return endedWell() ? ownOutcome().map(OwnOutcome::name).orElse(walks) : walks;
        }

        /** The walkers' outcomes; which are few, so each combination is spelt once. */
        private String combined() {
            int code = 0;
            for (WalkOutcome each : outcomes) {
                code = code << 4 | each.ordinal();
            }
            return combinations.computeIfAbsent(
                    code,
                    absent -> Arrays.stream(outcomes).map(WalkOutcome::name).collect(Collectors.joining(",")));
        }

        @Override
        public boolean isFailure() {
            return !endedWell() || ownOutcome().filter(OwnOutcome::isForbidden).isPresent();
        }

        private boolean endedWell() {
            for (WalkOutcome outcome : outcomes) {
                if (outcome.isForbidden()) {
                    return false;
                }
            }
            return true;
        }

        private Optional<OwnOutcome> ownOutcome() {
            return race.classifiers().isEmpty() ? Optional.empty() : instance.ownOutcome(List.of(outcomes));
        }

        @Override
        public int toldOfFreedMemory() {
            int told = 0;
            for (int walker = 0; walker < outcomes.length; walker++) {
                if (TOLD_BY_VALUE.contains(outcomes[walker])) {
                    told |= 1 << hartOf(walker);
                }
            }
            return told;
        }

        /** The oracle that no value can fool: a walker's access to a frame that is no table of its address space now. */
        @Override
        public boolean isForbiddenAccess(int hart, long offset, Memory now) {
            if (offset < dram || !isWalker(hart)) {
                return false;
            }
            long state = now.peek(frameTable.stateOffset(memory.frameAt(offset)));
            boolean isItsTable = mayReadOtherLives ? FrameTable.isTable(state) : FrameTable.isTableOf(state, owner);
            return !isItsTable && !(accessesPages && FrameTable.isPageOf(state, owner));
        }
    }
}
