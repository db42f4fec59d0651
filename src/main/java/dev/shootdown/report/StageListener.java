package dev.shootdown.report;

import dev.shootdown.explore.ExploreListener;
import java.time.Duration;

/** Is told how far an {@link ExploreStage} is: with exploring, and with drawing what was found. */
public interface StageListener extends ExploreListener {
    /**
     * The failing executions of the model that has just ended are drawn.
     *
     * @param timelines how many there are
     * @param took how long that took
     */
    default void drawn(int timelines, Duration took) {}
}
