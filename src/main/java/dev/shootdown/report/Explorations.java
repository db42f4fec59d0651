package dev.shootdown.report;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.stress.Finding.Subject.OneExploration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that exploration brought back in a run.
 *
 * @param bounds where explorations gave up
 * @param canaries what came of the programs whose failures are known
 * @param runs one a memory model
 * @param witnesses files with failing executions
 */
public record Explorations(
        Bounds bounds, List<CanaryResult> canaries, List<ModelRun> runs, Map<OneExploration, String> witnesses) {
    /** Copies the collections. */
    public Explorations {
        canaries = List.copyOf(canaries);
        runs = List.copyOf(runs);
        witnesses = Map.copyOf(witnesses);
    }

    /** The models, in the order in which they were explored. */
    List<MemoryModel> models() {
        return runs.stream().map(ModelRun::model).toList();
    }

    /** The races of any model, each once. */
    public List<Race> races() {
        return all().map(ExploredRace::race).distinct().toList();
    }

    /** What came of one race, a result a model. */
    List<ExploredRace> of(String raceId) {
        return all().filter(race -> race.race().id().equals(raceId)).toList();
    }

    /** What came of one race under one model, if it was explored. */
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

    private Stream<ExploredRace> all() {
        return runs.stream().flatMap(run -> run.races().stream());
    }
}
