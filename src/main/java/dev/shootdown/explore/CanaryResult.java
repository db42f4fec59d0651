package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;

/**
 * A canary, explored under one memory model.
 *
 * @param canary the program
 * @param model what it was explored under
 * @param result what came of it
 */
public record CanaryResult(Canary canary, MemoryModel model, ExploreResult result) {
    /** {@return what must come out} */
    public Verdict expected() {
        return canary.expected(model);
    }

    /** {@return what came out} */
    public ExploreVerdict verdict() {
        return result.verdict();
    }

    /** {@return whether that is what must come out} */
    public boolean isAsExpected() {
        return verdict().name().equals(expected().name());
    }
}
