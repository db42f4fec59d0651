package dev.shootdown.report;

import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.Stressed;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Gate;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.StressRun;
import dev.shootdown.stress.TestObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A whole run, as the reports tell it.
 *
 * @param environment the machine
 * @param profile how much stress was asked for
 * @param started when the run began
 * @param elapsed how long it took
 * @param completeness how far it came
 * @param explored what exploration brought back, if it took part
 * @param stressed what the stress run brought back, if it took part and has begun
 * @param cells what came of stressing races in this VM, if any were to be
 * @param findings what the gates have to say
 */
public record RunReport(
        HostEnvironment environment,
        Profile profile,
        Instant started,
        Duration elapsed,
        Completeness completeness,
        Optional<Explorations> explored,
        Optional<StressRun> stressed,
        Optional<CellRun> cells,
        List<Finding> findings) {

    /** How far a run came. */
    public enum Completeness {
        /** To its end. */
        COMPLETE,
        /** Exploration is over, the stress run is not. */
        EXPLORED,
        /** It was stopped from outside. */
        INTERRUPTED
    }

    /**
     * A race with all that was found out about it.
     *
     * @param race in words
     * @param explored under each model that was asked for
     * @param stressed what a jcstress test saw
     * @param cell what was seen in this VM, of a race that no such test stresses
     */
    public record RaceRow(
            RaceDescription race,
            List<ExploredRace> explored,
            Optional<TestObservation> stressed,
            Optional<Stressed> cell) {}

    /** Copies the list. */
    public RunReport {
        findings = List.copyOf(findings);
    }

    /** What was seen of each stress test, in the order of the plan. */
    List<TestObservation> observations() {
        return stressed.map(StressRun::observations).orElse(List.of());
    }

    /** The observation of the test's broken twin, if it has one and it is part of the run. */
    Optional<TestObservation> twinOf(TestObservation seen) {
        return stressed.flatMap(run -> run.twinOf(seen));
    }

    /** What came of exploring one race, a result a model; empty if it was not explored. */
    List<ExploredRace> explored(String raceId) {
        return explored.map(explorations -> explorations.of(raceId)).orElse(List.of());
    }

    /** What was seen of a race in this VM. */
    private Optional<Stressed> cell(String raceId) {
        return cells.flatMap(run -> run.of(raceId));
    }

    /** All races that a jcstress test saw fail. */
    List<Race> failedTests() {
        return observations().stream()
                .filter(seen -> seen.failures() > 0)
                .flatMap(seen -> seen.test().claim().explorable().stream())
                .toList();
    }

    /** Every race once: those of tests, in the order of the plan, then those that were explored, then the others. */
    List<RaceRow> races() {
        Map<String, RaceRow> rows = new LinkedHashMap<>();
        for (TestObservation seen : observations()) {
            RaceDescription race = seen.test().race();
            rows.put(race.id(), new RaceRow(race, explored(race.id()), Optional.of(seen), Optional.empty()));
        }
        for (Race race : explored.map(Explorations::races).orElse(List.of())) {
            rows.computeIfAbsent(race.id(), id -> row(race));
        }
        for (Stressed seen : cells.map(CellRun::seen).orElse(List.of())) {
            rows.computeIfAbsent(seen.race().id(), id -> row(seen.race()));
        }
        return List.copyOf(rows.values());
    }

    private RaceRow row(Race race) {
        return new RaceRow(race.describe(), explored(race.id()), Optional.empty(), cell(race.id()));
    }

    /** How many findings fail the run. */
    long problems() {
        return findings.stream().filter(Predicate.not(Finding::isNote)).count();
    }

    /** {@return how the run ends} */
    public ExitCode exitCode() {
        return Gate.exitCode(findings);
    }
}
