package dev.shootdown.explore;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A race, explored under one memory model.
 *
 * @param race what was explored
 * @param model what it was explored under
 * @param result what came of it
 * @param elapsed how long that took
 */
public record ExploredRace(Race race, MemoryModel model, ExploreResult result, Duration elapsed) {
    /**
     * {@return what must come out under a model, of a race that fails from {@code failsFrom} on}
     *
     * @param failsFrom the strongest model under which it fails
     * @param model what it is explored under
     */
    public static Verdict expected(FailsFrom failsFrom, MemoryModel model) {
        return failsFrom.failsUnder(model) ? Verdict.UNSAFE : Verdict.SAFE;
    }

    /** {@return what must come out under this model} */
    public Verdict expected() {
        return expected(race.describe().failsFrom(), model);
    }

    /** {@return what came out} */
    public ExploreVerdict verdict() {
        return result.verdict();
    }

    /** {@return whether that is what must come out} */
    public boolean isAsExpected() {
        return verdict().name().equals(expected().name());
    }

    /** {@return how many complete executions there were} */
    public long executions() {
        return result.exploration().map(Exploration::executions).orElse(0L);
    }

    /** {@return how many executions were given up because an equivalent one had been run} */
    public long pruned() {
        return result.exploration().map(Exploration::pruned).orElse(0L);
    }

    /** {@return what executions came to; where several harts walk, the outcomes of all walks, separated by commas} */
    public Set<String> outcomes() {
        return result.exploration().map(Exploration::outcomes).orElse(Set.of());
    }

    /** {@return what walks came to, each by itself} */
    public Set<String> walkOutcomes() {
        return outcomes().stream()
                .flatMap(outcome -> Arrays.stream(outcome.split(",", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * {@return whether every execution within the bounds was run, so that an outcome not seen here is not to be seen at
     * all}
     */
    public boolean isExhausted() {
        return result.exploration()
                .filter(found -> found.extent() == Exploration.Extent.EXHAUSTED)
                .isPresent();
    }
}
