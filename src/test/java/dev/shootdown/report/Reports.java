package dev.shootdown.report;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Canary;
import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.Exploration.Extent;
import dev.shootdown.explore.ExploreResult;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.explore.ModelRun;
import dev.shootdown.explore.Schedule;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.StressRun;
import dev.shootdown.stress.TestObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Invented runs for tests: two races under SC and TSO, which a test then spoils in one way. */
final class Reports {
    static final List<MemoryModel> MODELS = List.of(MemoryModel.SC, MemoryModel.TSO);
    static final Race SAFE = Race.of(Walkers.FAST_GUP);
    static final Race BROKEN = Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE);
    static final List<Race> PLANNED = List.of(SAFE, BROKEN);
    static final String FAILURE = "READ_FREED_TABLE";

    private Reports() {}

    static RunReport of(List<TestObservation> observations, List<Finding> findings) {
        return of(Optional.empty(), Optional.of(new StressRun(observations, List.of())), findings);
    }

    static RunReport of(Optional<Explorations> explored, Optional<StressRun> stressed, List<Finding> findings) {
        return new RunReport(
                new HostEnvironment("Test CPU", 2, "Test JDK", "Test OS", MemoryModel.TSO),
                Profile.DEFAULT,
                Instant.parse("2025-06-01T12:00:00Z"),
                Duration.ofSeconds(125),
                RunReport.Completeness.COMPLETE,
                explored,
                stressed,
                Optional.empty(),
                findings);
    }

    /** An exploration of 40 executions that came to PINNED and these. */
    static ExploreResult finished(Race race, MemoryModel model, Verdict verdict, String... outcomes) {
        Set<String> all = new HashSet<>(List.of(outcomes));
        all.add("PINNED");
        Optional<Schedule> witness = verdict == Verdict.UNSAFE
                ? Optional.of(new Schedule(List.of(0, 1, 0), 1, 57, FAILURE))
                : Optional.empty();
        Extent extent = verdict == Verdict.INCONCLUSIVE ? Extent.CUT_SHORT : Extent.EXHAUSTED;
        return finished(race, model, verdict, extent, all, witness);
    }

    /** One that failed, with an execution than which there may be shorter ones. */
    static ExploreResult failedAtLength(Race race, MemoryModel model) {
        Schedule witness = new Schedule(List.of(0, 1, 0), 1, 57, FAILURE);
        Exploration found = new Exploration(
                race.id(),
                model,
                Verdict.UNSAFE,
                Extent.EXHAUSTED,
                40,
                9,
                4_000,
                7,
                Set.of(FAILURE),
                Optional.of(witness),
                Exploration.WitnessLength.SHORTEST_MET);
        return ExploreResult.of(() -> found);
    }

    /** One that came to these and hit a bound. */
    static ExploreResult cutShort(Race race, MemoryModel model, Verdict verdict, String outcome) {
        Schedule witness = new Schedule(List.of(0, 1, 0), 1, 57, FAILURE);
        return finished(race, model, verdict, Extent.CUT_SHORT, Set.of(outcome), Optional.of(witness));
    }

    private static ExploreResult finished(
            Race race, MemoryModel model, Verdict verdict, Extent extent, Set<String> all, Optional<Schedule> witness) {
        Exploration found = new Exploration(
                race.id(), model, verdict, extent, 40, 9, 4_000, 7, all, witness, Exploration.WitnessLength.SHORTEST);
        return ExploreResult.of(() -> found);
    }

    static ExploreResult refused(String why) {
        return ExploreResult.of(() -> {
            throw new IllegalArgumentException(why);
        });
    }

    static ExploredRace explored(Race race, MemoryModel model, ExploreResult result) {
        return new ExploredRace(race, model, result, Duration.ofMillis(7));
    }

    static ExploredRace goodSafe(MemoryModel model) {
        return explored(SAFE, model, finished(SAFE, model, Verdict.SAFE));
    }

    static ExploredRace goodBroken(MemoryModel model) {
        return explored(BROKEN, model, finished(BROKEN, model, Verdict.UNSAFE, FAILURE));
    }

    static List<CanaryResult> goodCanaries(List<MemoryModel> models) {
        return models.stream()
                .flatMap(model -> Arrays.stream(Canary.values()).map(canary -> good(canary, model)))
                .toList();
    }

    private static CanaryResult good(Canary canary, MemoryModel model) {
        return new CanaryResult(canary, model, finished(SAFE, model, canary.expected(model)));
    }

    static Explorations good() {
        return explorations(goodCanaries(MODELS), List.of());
    }

    /** A good exploration, but for these races. */
    static Explorations goodBut(ExploredRace... spoiled) {
        return explorations(goodCanaries(MODELS), List.of(spoiled));
    }

    static Explorations explorations(List<CanaryResult> canaries, List<ExploredRace> spoiled) {
        List<ModelRun> runs = new ArrayList<>();
        for (MemoryModel model : MODELS) {
            List<ExploredRace> races = new ArrayList<>(List.of(goodSafe(model), goodBroken(model)));
            races.replaceAll(race -> replacement(race, spoiled));
            runs.add(new ModelRun(model, races, Duration.ofMillis(500)));
        }
        return new Explorations(Bounds.DEFAULT, canaries, runs, Map.of());
    }

    private static ExploredRace replacement(ExploredRace race, List<ExploredRace> spoiled) {
        return spoiled.stream()
                .filter(other -> other.race().equals(race.race()) && other.model() == race.model())
                .findFirst()
                .orElse(race);
    }
}
