package dev.shootdown.explore;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.shootdown.race.MemoryModel;

/** Whether the explorer has {@link MemoryModel#WEAK}. */
public final class WeakModel {
    private static final Litmus ANYTHING = Litmus.of("anything", 0, (words, registers) -> words.getOpaque(Litmus.X));

    private WeakModel() {}

    /** Skips the test that asks if the explorer says that it has no such model. */
    public static void assumeExplored() {
        try {
            new Explorer(Bounds.DEFAULT).explore(ANYTHING, MemoryModel.WEAK, Reduction.SOURCE_SETS);
        } catch (IllegalArgumentException noSuchModel) {
            abort(noSuchModel.getMessage());
        }
    }
}
