package dev.shootdown.race;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What exploring a race under one memory model came to.
 *
 * @param model what it was explored under
 * @param verdict SAFE: every execution was run, none failed; UNSAFE: one failed; INCONCLUSIVE: a bound was hit before either
 * @param executions complete executions, one of each class of those that differ in independent steps only
 * @param millis how long it took, in milliseconds
 * @param outcomes what executions came to; where several harts walk, the outcomes of all walks, separated by commas
 * @param failure a shortest failing execution; there is one if and only if the verdict is UNSAFE
 */
public record ExploredModel(
        MemoryModel model,
        Verdict verdict,
        long executions,
        long millis,
        Set<String> outcomes,
        Optional<Counterexample> failure) {

    /**
     * Sorts the outcomes.
     *
     * @throws IllegalArgumentException if verdict and failure contradict each other
     */
    public ExploredModel {
        outcomes = Collections.unmodifiableSet(new TreeSet<>(outcomes));
        if ((verdict == Verdict.UNSAFE) != failure.isPresent()) {
            throw new IllegalArgumentException(verdict + " with failure " + failure);
        }
    }

    /** {@code TSO: SAFE, 218 executions in 12 ms: NOT_PRESENT, PINNED, RETRY}, and below it what has to be said of the model. */
    @Override
    public String toString() {
        return line() + caveats(List.of(this));
    }

    /** A line for each, indented, and below them what has to be said of their models. */
    static String lines(List<ExploredModel> models) {
        return models.stream().map(model -> "  " + model.line()).collect(Collectors.joining("\n")) + caveats(models);
    }

    /** Each on a line of its own, once. */
    private static String caveats(List<ExploredModel> models) {
        return models.stream()
                .flatMap(explored -> explored.model.caveat().stream())
                .distinct()
                .map(caveat -> "\n" + caveat)
                .collect(Collectors.joining());
    }

    private String line() {
        return model + ": " + verdict + ", " + executions + (executions == 1 ? " execution" : " executions") + " in "
                + millis + " ms: " + String.join(", ", outcomes);
    }
}
