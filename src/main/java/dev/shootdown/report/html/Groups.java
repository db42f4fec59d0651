package dev.shootdown.report.html;

import dev.shootdown.museum.Museum;
import dev.shootdown.race.Catalogue;
import dev.shootdown.report.VerdictGrid;
import dev.shootdown.report.VerdictsDocument.Race;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups the races that are in no matrix by what they are about. */
final class Groups {
    private static final Set<String> CATALOGUE =
            Catalogue.all().stream().map(race -> race.id()).collect(Collectors.toUnmodifiableSet());

    private final Cells cells;

    Groups(Cells cells) {
        this.cells = cells;
    }

    List<Page.Group> of(List<Race> races) {
        Map<String, List<Page.Cell>> groups = new LinkedHashMap<>();
        races.stream()
                .filter(race -> !VerdictGrid.has(race))
                .forEach(race -> groups.computeIfAbsent(topic(race), each -> new ArrayList<>())
                        .add(cells.of(race)));
        return groups.entrySet().stream()
                .map(group -> new Page.Group(Words.anchor("group " + group.getKey()), group.getKey(), group.getValue()))
                .toList();
    }

    private static String topic(Race race) {
        return switch (race.mutator()) {
            case "MUNMAP_PARTIAL" -> "Re-checks: pages unmapped one by one";
            case "COLLAPSE" -> "Re-checks: tables collapsed into a huge page";
            case "POPULATE" -> "Publish orders: new tables";
            default -> isOnlyInTheMuseum(race) ? "Museum: races that really were" : condition(race.conditions());
        };
    }

    /** Races of its own parts; those of the catalogue stand where they always do. */
    private static boolean isOnlyInTheMuseum(Race race) {
        return Museum.find(race.id()).isPresent() && !CATALOGUE.contains(race.id());
    }

    private static String condition(Map<String, String> conditions) {
        if (conditions.containsKey("victim")) {
            return "Victims: tables of higher levels";
        }
        if (conditions.containsKey("walkers")) {
            return "Several walkers";
        }
        if (conditions.containsKey("third")) {
            return "Third actors";
        }
        return conditions.containsKey("freed") ? "Freed tables that come back" : "Other conditions";
    }
}
