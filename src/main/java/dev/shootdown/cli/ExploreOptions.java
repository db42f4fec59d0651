package dev.shootdown.cli;

import dev.shootdown.explore.Bounds;
import dev.shootdown.race.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How to explore. */
final class ExploreOptions {
    /** Poisoning a table of 512 entries takes more steps than are usual; under TSO, each store takes two. */
    private static final int STEPS = 10_000;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            split = ",",
            completionCandidates = Names.OfModels.class,
            description = "Memory models: ${COMPLETION-CANDIDATES}; all if none is given.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--bound",
            paramLabel = "N",
            description = "Executions of a race after which it is given up (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000000")
    private long bound;

    List<MemoryModel> models() {
        return models.isEmpty()
                ? List.of(MemoryModel.values())
                : models.stream()
                        .map(name -> Names.find("memory model", name, MemoryModel.values()))
                        .distinct()
                        .toList();
    }

    Bounds bounds() {
        if (bound < 1) {
            throw Names.bad("--bound must be at least 1, not " + bound);
        }
        return new Bounds(bound, STEPS);
    }
}
