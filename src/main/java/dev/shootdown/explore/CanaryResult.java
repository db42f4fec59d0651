package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;

/** A canary, explored under one memory model. */
public record CanaryResult(Canary canary, MemoryModel model, ExploreResult result) {
    /** What must come out. */
    public Verdict expected() {
        return canary.expected(model);
    }

    /** What came out. */
    public ExploreVerdict verdict() {
        return result.verdict();
    }

    /** Whether that is what must come out. */
    public boolean isAsExpected() {
        return verdict().name().equals(expected().name());
    }
}
