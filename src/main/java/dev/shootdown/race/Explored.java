package dev.shootdown.race;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What exploring a race came to, under each memory model that was asked for.
 *
 * @param race what was explored
 * @param models at least one, in the order in which they were explored
 */
public record Explored(Race race, List<ExploredModel> models) {
    /** Copies the list. */
    public Explored {
        models = List.copyOf(models);
    }

    /** {@return UNSAFE if it failed under any model; SAFE if it held under all; else INCONCLUSIVE} */
    public Verdict verdict() {
        Set<Verdict> all = models.stream().map(ExploredModel::verdict).collect(Collectors.toSet());
        if (all.contains(Verdict.UNSAFE)) {
            return Verdict.UNSAFE;
        }
        return all.contains(Verdict.INCONCLUSIVE) ? Verdict.INCONCLUSIVE : Verdict.SAFE;
    }

    /** {@return how many complete executions there were under all models together} */
    public long executions() {
        return models.stream().mapToLong(ExploredModel::executions).sum();
    }

    /** {@return what executions came to, under any model, sorted} */
    public Set<String> outcomes() {
        Set<String> all = new TreeSet<>();
        models.forEach(model -> all.addAll(model.outcomes()));
        return Collections.unmodifiableSet(all);
    }

    /** {@return the failing execution under the first model under which there is one} */
    public Optional<Counterexample> failure() {
        return models.stream().flatMap(model -> model.failure().stream()).findFirst();
    }

    /**
     * Passes if the race failed under those of these memory models that it is expected to fail under, and under no other.
     *
     * @return this
     * @throws AssertionError if not; the message is that of {@link Race#assertSafe} or {@link Race#assertUnsafe}
     * @throws IllegalStateException if nothing says what must come out
     */
    public Explored assertAsExpected() {
        FailsFrom failsFrom = race.describe().failsFrom();
        RaceAssertion assertion = new RaceAssertion(race);
        for (ExploredModel model : models) {
            if (failsFrom.failsUnder(model.model())) {
                assertion.unsafe(List.of(model));
            } else {
                assertion.safe(List.of(model));
            }
        }
        return this;
    }

    /** The race and its verdict, then a line a model, then what has to be said of the models. */
    @Override
    public String toString() {
        return race.id() + ": " + verdict() + "\n" + ExploredModel.lines(models);
    }
}
