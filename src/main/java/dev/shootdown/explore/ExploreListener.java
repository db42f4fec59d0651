package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;

/** Is told how far an {@link ExploreRun} is. Calls come from several threads, one at a time but for {@link #writeDown}. */
public interface ExploreListener {
    /** Exploration under a model begins. */
    void modelStarts(MemoryModel model, int races);

    /** A race is as good as done: the place for what takes long. Several threads call at a time, each right before {@link #explored}. */
    default void writeDown(ExploredRace race) {}

    /** A race is done. */
    void explored(ExploredRace race);

    /** Exploration under a model is over. */
    void modelEnds(ModelRun run);
}
