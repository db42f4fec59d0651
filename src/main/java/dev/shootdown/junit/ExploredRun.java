package dev.shootdown.junit;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.RaceExplorer;
import dev.shootdown.race.Explored;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A race explored under one memory model. Confined to the test's thread. */
final class ExploredRun implements RaceRun {
    private final Race race;
    private final MemoryModel model;
    private final long bound;
    private @Nullable Explored result;

    ExploredRun(Race race, MemoryModel model, long bound) {
        this.race = race;
        this.model = model;
        this.bound = bound;
    }

    @Override
    public Race race() {
        return race;
    }

    @Override
    public String how() {
        return "explored under " + model;
    }

    @Override
    public Explored result() {
        Explored known = result;
        if (known == null) {
            RaceExplorer explorer = new RaceExplorer(new Bounds(bound, Bounds.DEFAULT.steps()));
            known = new Explored(race, List.of(explorer.explore(race, model)));
            result = known;
        }
        return known;
    }

    @Override
    public void check() {
        result().assertAsExpected();
    }
}
