package dev.shootdown.race;

import java.time.Duration;

/**
 * Runs a race again and again on threads of the host. {@link java.util.ServiceLoader} finds the engine that {@link Race#stress}
 * uses. May be called by several threads, which then disturb each other.
 */
public interface StressingEngine {
    /**
     * Stresses a race.
     *
     * @param race of any parts, built in or not
     * @param duration for how long, more than zero
     * @return what was counted, and the verdict
     * @throws IllegalStateException if an actor threw, or did not come to an end
     */
    Stressed stress(Race race, Duration duration);
}
