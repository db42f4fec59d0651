package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;
import java.util.List;

/**
 * A classifier of outcomes of your own, on top of the built-in ones: a requirement on what all actors left behind, such as a
 * page whose count must be back at zero, or a counter of your dispatcher that must have gone up. Where it does not hold the
 * sample or execution has failed, and its outcome is the check's name.
 *
 * <p>Called after all actors have finished, on one thread, at least once a sample or execution unless a built-in failure goes
 * before. It only looks: what it stored would be part of no execution, and might be seen by the next.
 */
public interface RaceCheck extends Named {
    /**
     * Whether the requirement is met.
     *
     * @param site the machine and what stood on it
     * @param walks how the walks ended, by the number of the walker
     */
    boolean holds(RaceSite site, List<WalkOutcome> walks);
}
