package dev.shootdown.cli;

import dev.shootdown.museum.Actor;
import dev.shootdown.museum.Museum;
import dev.shootdown.museum.Scenario;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.KnownRaces;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What there is to choose from. */
@Command(name = "list", description = "Lists walkers, mutators, dispatchers, free strategies, races and scenarios.")
final class ListCommand extends Subcommand {
    /** A kind of thing that can be listed. */
    private enum Kind {
        WALKERS,
        MUTATORS,
        DISPATCHERS,
        STRATEGIES,
        RACES,
        SCENARIOS;

        private List<String> names() {
            return switch (this) {
                case WALKERS -> Names.all(Walkers.values());
                case MUTATORS -> Names.all(Mutators.values());
                case DISPATCHERS -> Names.all(Shootdowns.values());
                case STRATEGIES -> Names.all(Freeings.values());
                case RACES -> KnownRaces.all().stream().map(Race::id).toList();
                case SCENARIOS -> Museum.all().stream().map(Kind::line).toList();
            };
        }

        private static String line(Scenario scenario) {
            return scenario.number() + " " + scenario.name() + " (" + scenario.source() + "); "
                    + scenario.actors().stream().map(Actor::toString).collect(Collectors.joining("; "));
        }
    }

    @Parameters(
            paramLabel = "KIND",
            arity = "0..*",
            description = "walkers, mutators, dispatchers, strategies, races or scenarios; all if none is given.")
    private List<String> kinds = new ArrayList<>();

    @Override
    public Integer call() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        chosen().forEach(kind -> lists.put(Names.kebab(kind), kind.names()));
        if (isJson()) {
            printJson(lists);
        } else if (lists.size() == 1) {
            print(lists.values().iterator().next());
        } else {
            lists.forEach(this::print);
        }
        return 0;
    }

    private List<Kind> chosen() {
        return kinds.isEmpty()
                ? Arrays.asList(Kind.values())
                : kinds.stream()
                        .map(name -> Names.find("kind", name, Kind.values()))
                        .toList();
    }

    private void print(String kind, List<String> names) {
        out().println(kind + ":");
        names.forEach(name -> out().println("  " + name));
    }
}
