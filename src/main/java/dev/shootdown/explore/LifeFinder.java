package dev.shootdown.explore;

import dev.shootdown.explore.Timeline.Stage;
import dev.shootdown.explore.Timeline.State;
import dev.shootdown.explore.Timeline.VictimLife;
import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.riscv.Pte;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Follows one frame through an execution, by the steps that store. */
final class LifeFinder {
    private final RaceScene scene;
    private final WordNames names;
    private final List<Step> stores;
    private final List<Long> path;
    private final List<Stage> stages = new ArrayList<>();

    LifeFinder(RaceScene scene, WordNames names, List<Step> steps) {
        this.scene = scene;
        this.names = names;
        this.path = scene.path();
        this.stores = steps.stream()
                .filter(step -> switch (step.kind()) {
                    case STORE, DRAIN, READ_MODIFY_WRITE -> true;
                    case BEGIN, LOAD, AWAIT, BUFFER, COMPARE_FAILED, FENCE -> false;
                })
                .toList();
    }

    /** The life of the victim; without one, of the table that is hooked; empty if there is neither. */
    Optional<VictimLife> find() {
        OptionalLong victim = scene.victim();
        if (victim.isPresent()) {
            stages.add(new Stage(State.LINKED, 0));
            stores.forEach(step -> end(victim.getAsLong(), step));
            return Optional.of(new VictimLife(names.roles().fullName(victim.getAsLong(), 0), stages));
        }
        return newTable().map(this::beginning);
    }

    private void end(long victim, Step step) {
        Place place = names.places().at(step.offset());
        State now = stages.getLast().state();
        if (now == State.LINKED && path.contains(step.offset()) && Pte.ppn(step.value()) != Pte.ppn(step.before())) {
            stages.add(new Stage(State.UNHOOKED, step.number()));
        } else if (place.kind() == Kind.STATE && place.owner() == victim) {
            FrameKind kind = FrameTable.kindOf(step.value());
            if (kind == FrameKind.FREED) {
                stages.add(new Stage(State.FREED, step.number()));
            } else if (now == State.FREED) {
                stages.add(new Stage(State.RECYCLED, step.number()));
            }
        }
    }

    /** The step that allocates the first new table. */
    private Optional<Step> newTable() {
        return stores.stream()
                .filter(step -> names.places().at(step.offset()).kind() == Kind.STATE)
                .filter(step -> FrameTable.kindOf(step.value()) == FrameKind.TABLE)
                .findFirst();
    }

    private VictimLife beginning(Step allocation) {
        long table = names.places().at(allocation.offset()).owner();
        stages.add(new Stage(State.ALLOCATED, allocation.number()));
        Set<Long> zeroed = new HashSet<>();
        for (Step step : stores) {
            Place place = names.places().at(step.offset());
            if (step.offset() == path.getLast() && Pte.ppn(step.value()) == table) {
                stages.add(new Stage(State.LINKED, step.number()));
            }
            boolean zeroes = place.kind() == Kind.FRAME && place.owner() == table && step.value() == Pte.NONE;
            if (zeroes
                    && zeroed.add(step.offset())
                    && zeroed.size() == names.places().wordsPerFrame()) {
                stages.add(new Stage(State.ZEROED, step.number()));
            }
        }
        return new VictimLife(names.roles().fullName(table, allocation.number()), stages);
    }
}
