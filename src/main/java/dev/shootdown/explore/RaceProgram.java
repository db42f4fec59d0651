package dev.shootdown.explore;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;

/** A race as a program: the same actors that run under stress. */
final class RaceProgram implements Program {
    private static final int WALKER = 0;
    private static final int MUTATOR = 1;

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

    private final class RaceActors implements Actors {
        private final RaceInstance instance;
        private final PhysicalMemory memory;
        private final FrameTable frameTable;
        private Outcome outcome = Outcome.NOT_PRESENT;

        RaceActors(RaceInstance instance) {
            this.instance = instance;
            this.memory = instance.site().machine().memory();
            this.frameTable = memory.frameTable();
        }

        @Override
        public void run(int hart) {
            switch (hart) {
                case WALKER -> {
                    outcome = Outcome.of(instance.walk());
                    instance.release();
                }
                case MUTATOR -> instance.mutate();
                default -> instance.serve();
            }
        }

        @Override
        public String outcome() {
            return outcome.name();
        }

        @Override
        public boolean isFailure() {
            return outcome.isForbidden();
        }

        /** The oracle that no value can fool: a walker's load from a frame that is free at that moment. */
        @Override
        public boolean isForbiddenLoad(int hart, long offset, Memory now) {
            if (hart != WALKER || offset < dram) {
                return false;
            }
            long state = now.peek(frameTable.stateOffset(memory.frameAt(offset)));
            return FrameTable.kindOf(state) == FrameKind.FREED;
        }
    }
}
