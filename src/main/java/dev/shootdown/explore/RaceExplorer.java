package dev.shootdown.explore;

import dev.shootdown.race.Counterexample;
import dev.shootdown.race.ExploredModel;
import dev.shootdown.race.ExploringEngine;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.nio.file.Path;

/** The explorer as {@link Race#explore} knows it. */
public final class RaceExplorer implements ExploringEngine {
    private final Explorer explorer;

    /** With {@link Bounds#DEFAULT}, and as many threads for a large race as there are processors. */
    public RaceExplorer() {
        this(Bounds.DEFAULT);
    }

    /**
     * Gives up at {@code bounds}.
     *
     * @param bounds of each exploration
     */
    public RaceExplorer(Bounds bounds) {
        this.explorer = new Explorer(bounds, Runtime.getRuntime().availableProcessors());
    }

    /**
     * {@inheritDoc}
     *
     * @throws DeadlockFound if harts can come to wait for each other
     * @throws ActorThrew if an actor threw
     */
    @Override
    public ExploredModel explore(Race race, MemoryModel model) {
        Exploration found = explorer.explore(race, model);
        return new ExploredModel(
                model,
                found.verdict(),
                found.executions(),
                found.millis(),
                found.outcomes(),
                found.witness().map(schedule -> new Found(race, Replayer.replay(race, model, schedule))));
    }

    @Override
    public String replay(Race race, Path file) {
        return timeline(race, WitnessFile.read(file, race).replay());
    }

    private static String timeline(Race race, Recording recording) {
        return TimelineText.of(Timeline.of(race, recording));
    }

    private record Found(Race race, Recording recording) implements Counterexample {
        @Override
        public String outcome() {
            return recording.outcome();
        }

        @Override
        public String timeline() {
            return RaceExplorer.timeline(race, recording);
        }

        @Override
        public void save(Path file) {
            WitnessFile.write(file, Witness.of(race, recording));
        }

        @Override
        public String toString() {
            return timeline();
        }
    }
}
