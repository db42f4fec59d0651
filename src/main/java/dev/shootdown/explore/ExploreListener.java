package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;

/** Is told how far an {@link ExploreRun} is. Calls come from several threads, one at a time but for {@link #writeDown}. */
public interface ExploreListener {
    /**
     * Exploration under a model begins.
     *
     * @param model the next of those to explore under
     * @param races how many will be explored
     */
    void modelStarts(MemoryModel model, int races);

    /**
     * A race is as good as done: the place for what takes long. Several threads call at a time, each right before
     * {@link #explored}.
     *
     * @param race as explored; that it failed, it says itself
     */
    default void writeDown(ExploredRace race) {}

    /**
     * A race is done.
     *
     * @param race as explored
     */
    void explored(ExploredRace race);

    /**
     * Exploration under a model is over.
     *
     * @param run all its races
     */
    void modelEnds(ModelRun run);
}
