package dev.shootdown.cli;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.KnownRaces;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Named;
import dev.shootdown.race.NearestName;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.stress.PlanException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which races a command is about: those of the catalogue that match everything that was said, or races by their ids. */
final class RaceFilters {
    @Parameters(
            paramLabel = "RACE",
            arity = "0..*",
            description =
                    "A race's id, such as fast-gup/munmap/sbi-rfence/remove-page/sv39, or a regular expression that is"
                            + " looked for in the ids of the catalogue; all if none is given.")
    private List<String> races = new ArrayList<>();

    @Option(
            names = "--walker",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.OfWalkers.class,
            description = "Only these walkers: ${COMPLETION-CANDIDATES}.")
    private List<String> walkers = new ArrayList<>();

    @Option(
            names = "--mutator",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.OfMutators.class,
            description = "Only these mutators: ${COMPLETION-CANDIDATES}.")
    private List<String> mutators = new ArrayList<>();

    @Option(
            names = "--shootdown",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.OfShootdowns.class,
            description = "Only these dispatchers: ${COMPLETION-CANDIDATES}.")
    private List<String> shootdowns = new ArrayList<>();

    @Option(
            names = "--freeing",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.OfFreeings.class,
            description = "Only these free strategies: ${COMPLETION-CANDIDATES}.")
    private List<String> freeings = new ArrayList<>();

    @Option(
            names = "--satp",
            paramLabel = "MODE",
            split = ",",
            completionCandidates = Names.OfSatpModes.class,
            description = "Only these translation modes: ${COMPLETION-CANDIDATES}.")
    private List<String> modes = new ArrayList<>();

    /** One of the options, and what it keeps. */
    private record Filter(String option, List<String> given, Predicate<Race> kept) {}

    /** The races, each once; never none. */
    List<Race> select() {
        List<Filter> filters = List.of(
                parts("--walker", walkers, Walkers.values(), Race::walker),
                parts("--mutator", mutators, Mutators.values(), Race::mutator),
                parts("--shootdown", shootdowns, Shootdowns.values(), Race::shootdown),
                parts("--freeing", freeings, Freeings.values(), Race::freeing),
                filter("--satp", modes, Names.all(SatpMode.values()), race -> Names.kebab(race.satp())));
        Map<String, Race> all = new LinkedHashMap<>();
        named().forEach(race -> all.putIfAbsent(race.id(), race));
        List<Race> selected = kept(all.values(), filters);
        if (selected.isEmpty()) {
            throw none(all.values(), filters);
        }
        return selected;
    }

    private static List<Race> kept(Collection<Race> races, List<Filter> filters) {
        return races.stream()
                .filter(race ->
                        filters.stream().allMatch(filter -> filter.kept().test(race)))
                .toList();
    }

    /** Says what is too much: the options without one of which there would be races. */
    private static PlanException none(Collection<Race> races, List<Filter> filters) {
        List<Filter> used =
                filters.stream().filter(filter -> !filter.given().isEmpty()).toList();
        String wanted = used.stream()
                .map(filter -> filter.option() + " " + String.join(",", filter.given()))
                .collect(Collectors.joining(" "));
        String hint = used.stream()
                .filter(filter -> !kept(
                                races,
                                used.stream()
                                        .filter(other -> !other.equals(filter))
                                        .toList())
                        .isEmpty())
                .map(Filter::option)
                .collect(Collectors.joining(" or without "));
        return Names.bad("no race of the catalogue has " + wanted
                + (hint.isEmpty() ? "" : "; there are some without " + hint)
                + "; shootdown list races has all, and any other can be given by its id");
    }

    private Stream<Race> named() {
        return races.isEmpty() ? KnownRaces.all().stream() : races.stream().flatMap(given -> named(given).stream());
    }

    private static List<Race> named(String given) {
        if (given.isBlank()) {
            throw Names.bad("a race is given that is empty; leave it out for all, or name one of shootdown list races");
        }
        try {
            return List.of(known(Race.parse(given)));
        } catch (IllegalArgumentException noId) {
            List<Race> found = matching(given);
            if (found.isEmpty()) {
                throw Names.bad(isLikeAnId(given) ? "" + noId.getMessage() : nothing(given));
            }
            return found;
        }
    }

    private static Race known(Race race) {
        if (race.expectation().isEmpty()) {
            throw Names.bad("nobody knows what must come out of " + race.id() + ": the truth table has no row for it");
        }
        return race;
    }

    private static boolean isLikeAnId(String given) {
        return given.indexOf('/') > 0 && Pattern.matches("[a-z0-9/=_-]*", given);
    }

    private static String nothing(String given) {
        List<String> ids = KnownRaces.all().stream().map(Race::id).toList();
        return "no race matches '" + given + "', nearest is '" + NearestName.of(given, ids)
                + "'; shootdown list races has all " + ids.size();
    }

    private static List<Race> matching(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
            return KnownRaces.all().stream()
                    .filter(race -> pattern.matcher(race.id()).find())
                    .toList();
        } catch (PatternSyntaxException e) {
            throw Names.bad("'" + regex + "' is neither a race id nor a regular expression: " + e.getDescription());
        }
    }

    private static Filter parts(String option, List<String> given, Named[] builtIn, Function<Race, Named> part) {
        List<String> valid = given.isEmpty() ? List.of() : Names.parts(builtIn, part);
        return filter(option, given, valid, race -> part.apply(race).kebabName());
    }

    private static Filter filter(String option, List<String> given, List<String> valid, Function<Race, String> nameOf) {
        List<String> wanted = given.stream()
                .map(name -> Names.find(option.substring(2), name, valid))
                .toList();
        return new Filter(option, given, race -> wanted.isEmpty() || wanted.contains(nameOf.apply(race)));
    }
}
