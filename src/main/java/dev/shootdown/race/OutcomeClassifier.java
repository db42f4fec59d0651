package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Outcomes of your own, on top of the built-in ones: names what all actors left behind, and says how that is to be taken. A
 * requirement that holds or does not is a {@link RaceCheck}.
 *
 * <pre>{@code
 * record References(String name) implements OutcomeClassifier {
 *     private static final OwnOutcome DROPPED = OwnOutcome.acceptable("REFERENCE_DROPPED");
 *     private static final OwnOutcome KEPT = OwnOutcome.forbidden("REFERENCE_KEPT");
 *
 *     @Override
 *     public List<OwnOutcome> outcomes() {
 *         return List.of(DROPPED, KEPT);
 *     }
 *
 *     @Override
 *     public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
 *         boolean pinned = walks.contains(WalkOutcome.PINNED);
 *         return pinned ? Optional.of(isReferenced(site) ? KEPT : DROPPED) : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * <p>A built-in failure goes before anything that a classifier has to say, and under stress so does, before what is not
 * forbidden, that the actors did not meet or that a table was freed under an open walk. Else the outcome of a sample or execution is
 * what a classifier names: of several the worst, of equals the first one's.
 *
 * <p>Called after all actors have finished, on one thread, at least once a sample or execution unless a built-in failure goes
 * before. It only looks: what it stored would be part of no execution, and might be seen by the next.
 */
public interface OutcomeClassifier extends Named {
    /** {@return all outcomes that it may name, always the same ones} */
    List<OwnOutcome> outcomes();

    /**
     * Names what came out.
     *
     * @param site the machine and what stood on it
     * @param walks how the walks ended, by the number of the walker
     * @return one of {@link #outcomes()}, anything else is a {@link ClassifierBroke}; empty if how the walks ended says enough
     */
    Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks);
}
