package dev.shootdown.report;

import dev.shootdown.race.Catalogue;
import dev.shootdown.race.KnownRaces;
import dev.shootdown.race.Race;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import dev.shootdown.stress.PlannedTest;
import dev.shootdown.stress.StressPlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run is to do.
 *
 * @param races what to explore: each race once
 * @param stress what to stress by jcstress, if anything
 * @param cells what to stress in this VM: races of two actors that no such test stresses
 */
record RunPlan(List<Race> races, Optional<StressPlan> stress, List<Race> cells) {
    private static final String TEST_LIST = "META-INF/TestList";
    private static final Pattern EVERYTHING = Pattern.compile("");

    /** Copies the lists. */
    RunPlan {
        races = List.copyOf(races);
        cells = List.copyOf(cells);
    }

    /**
     * Plans a run.
     *
     * @param loader where the stress tests are found
     * @throws PlanException if nothing matches, or the stress tests make no plan
     */
    static RunPlan of(CommandLine line, ClassLoader loader) {
        Pattern selection = line.tests();
        return switch (line.engines()) {
            case STRESS -> {
                Optional<StressPlan> plan = stress(line, loader);
                yield new RunPlan(List.of(), plan, cells(line, tests(plan)));
            }
            case BOTH -> {
                Optional<StressPlan> plan = stress(line, loader);
                yield new RunPlan(races(selection, tests(plan)), plan, cells(line, tests(plan)));
            }
            case EXPLORE ->
                new RunPlan(
                        required(races(selection, named(selection, loader)), selection), Optional.empty(), List.of());
        };
    }

    /** A selection that comes to no test may still come to races that are stressed in this VM. */
    private static Optional<StressPlan> stress(CommandLine line, ClassLoader loader) {
        boolean cellsOnly = loader.getResource(TEST_LIST) != null
                && named(line.tests(), loader).isEmpty()
                && !cells(line, List.of()).isEmpty();
        return cellsOnly ? Optional.empty() : Optional.of(StressPlan.onClassPath(loader, line.tests()));
    }

    private static List<PlannedTest> tests(Optional<StressPlan> plan) {
        return plan.map(StressPlan::tests).orElse(List.of());
    }

    private static List<Race> cells(CommandLine line, Collection<PlannedTest> tests) {
        return line.profile().perUntestedRace().isEmpty() ? List.of() : cells(line.tests(), tests);
    }

    /** The catalogue's races of two actors that a selection comes to, without those that a test stresses. */
    static List<Race> cells(Pattern selection, Collection<PlannedTest> tests) {
        Set<String> tested = tests.stream().map(test -> test.race().id()).collect(Collectors.toSet());
        return Catalogue.all().stream()
                .filter(race -> selection.matcher(race.id()).find())
                .filter(race -> race.actors() == 2 && !tested.contains(race.id()))
                .toList();
    }

    /** Tests matter to exploration as names of races, where there are any. */
    private static List<PlannedTest> named(Pattern selection, ClassLoader loader) {
        if (loader.getResource(TEST_LIST) == null) {
            return List.of();
        }
        return StressPlan.onClassPath(loader, EVERYTHING).tests().stream()
                .filter(test -> selection.matcher(test.listed().name()).find())
                .toList();
    }

    /** The races of these tests, and those of the catalogue in whose id the selection is found. */
    static List<Race> races(Pattern selection, Collection<PlannedTest> tests) {
        Stream<Race> stressed = tests.stream().flatMap(test -> test.claim().explorable().stream());
        Stream<Race> known = KnownRaces.all().stream()
                .filter(race -> selection.matcher(race.id()).find());
        Map<String, Race> byId = new LinkedHashMap<>();
        Stream.concat(stressed, known).forEach(race -> byId.putIfAbsent(race.id(), race));
        return List.copyOf(byId.values());
    }

    private static List<Race> required(List<Race> races, Pattern selection) {
        if (races.isEmpty()) {
            throw new PlanException(
                    ExitCode.BAD_INPUT,
                    "no race and no test matches '" + selection + "'; the races are: "
                            + String.join(
                                    ", ",
                                    KnownRaces.all().stream().map(Race::id).toList()));
        }
        return races;
    }
}
