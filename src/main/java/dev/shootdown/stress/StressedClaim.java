package dev.shootdown.stress;

import dev.shootdown.race.Race;
import dev.shootdown.race.RaceDescription;
import java.util.Optional;
import java.util.Set;

/**
 * What a stress test claims about its race, as the gate needs to know it.
 *
 * <p>Every stress test class holds its claim in a field {@code static final … RACE}. The driver reads that field in its
 * own VM, so building a claim must be cheap and must not start threads or take memory for machines.
 *
 * <p>Outcomes are named as they appear in jcstress's results.
 */
public interface StressedClaim {
    /** {@return the race in words, with its expected verdict} Its id is unique among the tests of one run. */
    RaceDescription description();

    /** {@return the race itself, for an engine that explores it; empty if the claim only describes one} */
    default Optional<Race> explorable() {
        return Optional.empty();
    }

    /**
     * {@return the test class of the same race with one thing wrong} A safe race must have one, and the gate wants to
     * see it fail in the same run: otherwise nobody knows whether the safe race could have failed at all.
     */
    Optional<Class<?>> brokenTwin();

    /**
     * {@return the outcomes that are the failure of a race expected to be unsafe: at least one of them must be seen}
     * Empty for a safe race.
     */
    Set<String> requiredOutcomes();

    /**
     * {@return the outcomes that must never be seen} For a race expected to be unsafe these are what stays impossible
     * even when it fails; an outcome that is also required is not forbidden.
     */
    Set<String> forbiddenOutcomes();

    /**
     * {@return the outcomes that the race's own classifiers may name beside the built-in ones, whatever their grade}
     */
    default Set<String> ownOutcomes() {
        return Set.of();
    }

    /**
     * {@return whether interrupts must be taken in this test, both by the target hart itself and by the sender in its
     * place} It holds for waited S-mode interrupts whose targets sometimes run and sometimes do not.
     */
    boolean expectsInterrupts();

    /**
     * {@return whether the race frees anything} If not, the gate does not ask how often something was freed within a
     * sample.
     */
    boolean freesFrames();

    /**
     * {@return the ways of compiling that only thorough runs take, where time does not matter} Not all of them:
     * everything but C1, for a race much like others; everything but C2, for a window that slower code never meets.
     */
    default Set<Compilation> thoroughOnly() {
        return Set.of();
    }

    /**
     * {@return how many times as long as others the test is run, at least 1: for a failure whose window is a few
     * nanoseconds wide}
     */
    default int patience() {
        return 1;
    }
}
