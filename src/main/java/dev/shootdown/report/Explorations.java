package dev.shootdown.report;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.stress.Finding.Subject.OneExploration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that exploration brought back in a run. Immutable. */
public final class Explorations {
    private final Bounds bounds;
    private final List<CanaryResult> canaries;
    private final List<ModelRun> runs;
    private final Map<OneExploration, String> witnesses;
    /** By the race's id, in the order of the runs. */
    private final Map<String, List<ExploredRace>> byRace = new LinkedHashMap<>();

    /**
     * What was found.
     *
     * @param bounds where explorations gave up
     * @param canaries what came of the programs whose failures are known
     * @param runs one a memory model
     * @param witnesses files with failing executions
     */
    public Explorations(
            Bounds bounds, List<CanaryResult> canaries, List<ModelRun> runs, Map<OneExploration, String> witnesses) {
        this.bounds = bounds;
        this.canaries = List.copyOf(canaries);
        this.runs = List.copyOf(runs);
        this.witnesses = Map.copyOf(witnesses);
        runs.forEach(run -> run.races()
                .forEach(race -> byRace.computeIfAbsent(race.race().id(), id -> new ArrayList<>())
                        .add(race)));
    }

    /** {@return where explorations gave up} */
    public Bounds bounds() {
        return bounds;
    }

    /** {@return what came of the programs whose failures are known} */
    public List<CanaryResult> canaries() {
        return canaries;
    }

    /** {@return what was explored: a run for each memory model} */
    public List<ModelRun> runs() {
        return runs;
    }

    /** The models, in the order in which they were explored. */
    List<MemoryModel> models() {
        return runs.stream().map(ModelRun::model).toList();
    }

    /** {@return the races of any model, each once} */
    public List<Race> races() {
        return byRace.values().stream().map(each -> each.getFirst().race()).toList();
    }

    /** What came of one race, a result a model. */
    List<ExploredRace> of(String raceId) {
        return List.copyOf(byRace.getOrDefault(raceId, List.of()));
    }

    /**
     * {@return what came of one race under one model, if it was explored}
     *
     * @param raceId as {@link Race#id} writes it
     * @param model what it was explored under
     */
    public Optional<ExploredRace> of(String raceId, MemoryModel model) {
        return of(raceId).stream().filter(race -> race.model() == model).findFirst();
    }

    /** What came of a canary under one model, if it was explored. */
    Optional<CanaryResult> of(Canary canary, MemoryModel model) {
        return canaries.stream()
                .filter(result -> result.canary() == canary && result.model() == model)
                .findFirst();
    }

    /** The file with a failing execution, if there is one. */
    Optional<String> witnessOf(ExploredRace race) {
        return Optional.ofNullable(witnesses.get(subjectOf(race)));
    }

    /** The name under which findings and witnesses of an exploration go. */
    static OneExploration subjectOf(ExploredRace race) {
        return new OneExploration(race.race().id(), race.model());
    }
}
