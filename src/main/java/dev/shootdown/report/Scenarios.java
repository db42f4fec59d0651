package dev.shootdown.report;

import dev.shootdown.museum.Actor;
import dev.shootdown.museum.Exhibit;
import dev.shootdown.museum.Museum;
import dev.shootdown.museum.Scenario;
import dev.shootdown.race.Expectation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The museum as {@code verdicts.json} has it. */
final class Scenarios {
    private Scenarios() {}

    /** The scenarios of which a race is among {@code races}; null if there are none. */
    static @Nullable List<VerdictsDocument.Scenario> of(List<VerdictsDocument.Race> races) {
        Set<String> ids = races.stream().map(VerdictsDocument.Race::id).collect(Collectors.toSet());
        List<VerdictsDocument.Scenario> shown = Museum.all().stream()
                .filter(scenario -> scenario.exhibits().stream()
                        .anyMatch(each -> ids.contains(each.race().id())))
                .map(Scenarios::entry)
                .toList();
        return shown.isEmpty() ? null : shown;
    }

    private static VerdictsDocument.Scenario entry(Scenario scenario) {
        return new VerdictsDocument.Scenario(
                scenario.number(),
                scenario.name(),
                scenario.source(),
                scenario.actors().stream().map(Scenarios::entry).toList(),
                scenario.exhibits().stream().map(Scenarios::entry).toList());
    }

    private static VerdictsDocument.Actor entry(Actor actor) {
        return new VerdictsDocument.Actor(actor.role().name(), actor.who());
    }

    private static VerdictsDocument.Exhibit entry(Exhibit exhibit) {
        return new VerdictsDocument.Exhibit(
                exhibit.form().name(),
                exhibit.difference(),
                exhibit.race().id(),
                exhibit.race().expectation().map(Expectation::verdict).orElseThrow(),
                exhibit.weakerHost().orElse(null));
    }
}
