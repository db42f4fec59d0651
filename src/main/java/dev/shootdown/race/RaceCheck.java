package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;
import java.util.List;
import java.util.Optional;

/**
 * A classifier that knows one outcome, a failure of its own name: a requirement on what all actors left behind, such as a page
 * whose count must be back at zero, or a counter of your dispatcher that must have gone up. Where it does not hold the sample
 * or execution has failed.
 */
public interface RaceCheck extends OutcomeClassifier {
    /**
     * {@return whether the requirement is met}
     *
     * @param site the machine and what stood on it
     * @param walks how the walks ended, by the number of the walker
     */
    boolean holds(RaceSite site, List<WalkOutcome> walks);

    @Override
    default List<OwnOutcome> outcomes() {
        return List.of(OwnOutcome.forbidden(name()));
    }

    @Override
    default Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
        return holds(site, walks) ? Optional.empty() : Optional.of(OwnOutcome.forbidden(name()));
    }
}
