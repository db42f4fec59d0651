package dev.shootdown.report;

import dev.shootdown.race.StressVerdict;
import dev.shootdown.report.VerdictsDocument.Actor;
import dev.shootdown.report.VerdictsDocument.Exhibit;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Scenario;
import dev.shootdown.report.VerdictsDocument.Stressed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The museum as tables: one row a scenario, and one row an exhibit. */
final class ScenarioTable {
    private ScenarioTable() {}

    /** The columns' names. */
    static List<String> header(VerdictsDocument document) {
        List<String> header = ExploredTable.header(
                List.of("scenario", "source", "form", "what is special", "race", "expected"), document);
        header.addAll(List.of("mark", "stressed"));
        return header;
    }

    /** One row an exhibit, by scenario. */
    static List<List<String>> rows(VerdictsDocument document) {
        List<Scenario> scenarios = Objects.requireNonNullElse(document.scenarios(), List.of());
        return scenarios.stream()
                .flatMap(scenario -> scenario.exhibits().stream().map(each -> row(scenario, each, document)))
                .toList();
    }

    /** One row a scenario: who takes part. */
    static List<List<String>> actors(VerdictsDocument document) {
        return Objects.requireNonNullElse(document.scenarios(), List.<Scenario>of()).stream()
                .map(each -> List.of(title(each), each.source(), actors(each)))
                .toList();
    }

    private static String actors(Scenario scenario) {
        return Objects.requireNonNullElse(scenario.actors(), List.<Actor>of()).stream()
                .map(each -> each.role().toLowerCase(Locale.ROOT) + ": " + each.who())
                .collect(Collectors.joining("; "));
    }

    private static String title(Scenario scenario) {
        return scenario.number() + " " + scenario.name();
    }

    private static List<String> row(Scenario scenario, Exhibit exhibit, VerdictsDocument document) {
        Optional<Race> race = document.races().stream()
                .filter(each -> each.id().equals(exhibit.race()))
                .findFirst();
        List<String> row = new ArrayList<>(List.of(
                title(scenario),
                scenario.source(),
                exhibit.form(),
                exhibit.difference(),
                exhibit.race(),
                race.map(each -> ExploredTable.expected(each.failsFrom()))
                        .orElseGet(() -> exhibit.expected().name())));
        row.addAll(ExploredTable.results(race, document));
        row.add(stressed(exhibit, race));
        return row;
    }

    private static String stressed(Exhibit exhibit, Optional<Race> race) {
        @Nullable Stressed seen = race.map(Race::stressed).orElse(null);
        String verdict = seen == null ? "" : seen.verdict().name();
        boolean isExcused = exhibit.weakerHost() != null && (seen == null || seen.verdict() != StressVerdict.UNSAFE);
        return isExcused ? (verdict + " (takes a weaker host: " + exhibit.weakerHost() + ")").strip() : verdict;
    }
}
