package dev.shootdown.report;

import dev.shootdown.race.Catalogue;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run is to do.
 *
 * @param races what to explore: each race once
 * @param stress what to stress, if anything
 */
record RunPlan(List<Race> races, Optional<StressPlan> stress) {
    private static final String TEST_LIST = "META-INF/TestList";
    private static final Pattern EVERYTHING = Pattern.compile("");

    /** Copies the list. */
    RunPlan {
        races = List.copyOf(races);
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
            case STRESS -> new RunPlan(List.of(), Optional.of(StressPlan.onClassPath(loader, selection)));
            case BOTH -> {
                StressPlan plan = StressPlan.onClassPath(loader, selection);
                yield new RunPlan(races(selection, plan.tests()), Optional.of(plan));
            }
            case EXPLORE ->
                new RunPlan(required(races(selection, named(selection, loader)), selection), Optional.empty());
        };
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
        Stream<Race> known = Catalogue.all().stream()
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
                                    ", ", Catalogue.all().stream().map(Race::id).toList()));
        }
        return races;
    }
}
