package dev.shootdown.stress;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.RaceDescription;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A stress test that a run has to run, with its claim.
 *
 * @param listed the test as jcstress knows it
 * @param shortName its name without the package, such as {@code Freeing_03_SbiWithRcu}
 * @param claim what it claims about its race
 * @param twin the short name of its broken twin, which is part of the same plan
 */
public record PlannedTest(ListedTest listed, String shortName, StressedClaim claim, Optional<String> twin) {
    /** {@return the race in words} */
    public RaceDescription race() {
        return claim.description();
    }

    /** {@return the numbered series the test belongs to: what is before the first underscore of its name} */
    public String suite() {
        int underscore = shortName.indexOf('_');
        return underscore > 0 ? shortName.substring(0, underscore) : shortName;
    }

    /**
     * {@return what a host with this memory model has to show}
     *
     * @param host the memory model that the host's architecture promises
     */
    public StressExpectation expectedOn(MemoryModel host) {
        return StressExpectation.of(race().failsFrom(), host);
    }

    /** {@return the outcomes that must not be seen whatever the verdict} */
    public SortedSet<String> forbidden() {
        SortedSet<String> forbidden = new TreeSet<>(claim.forbiddenOutcomes());
        forbidden.removeAll(claim.requiredOutcomes());
        return forbidden;
    }

    /**
     * {@return the outcomes that mean that the race failed: those that are forbidden, and those that are its known
     * failure}
     */
    public Set<String> failures() {
        Set<String> failures = forbidden();
        failures.addAll(claim.requiredOutcomes());
        return failures;
    }
}
