package dev.shootdown.report.html;

import dev.shootdown.race.Verdict;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the cell of a race. */
final class Cells {
    private final Standing standing;
    private final List<Scene> scenes;
    private final ResultLinks links;
    private final CostFacts costs;

    Cells(Standing standing, List<Scene> scenes, ResultLinks links, CostFacts costs) {
        this.standing = standing;
        this.scenes = scenes;
        this.links = links;
        this.costs = costs;
    }

    Page.Cell of(Race race) {
        Stressed stressed = race.stressed();
        return new Page.Cell(
                "race-" + Words.anchor(race.id()),
                race.id(),
                Words.dashed(race.walker()),
                label(race),
                standing.of(race),
                engines(race),
                race.expected() == Verdict.SAFE ? "SAFE" : "UNSAFE from " + race.failsFrom() + " on",
                race.protection() == null ? "" : race.protection().phrase(),
                race.reason() + " (" + race.source() + ")",
                explored(race.explored()),
                stressed == null ? null : StressedCell.of(race, stressed, standing, links),
                costs.of(race),
                standing.findings(race),
                scene(race),
                witnesses(race));
    }

    private static List<Page.Fact> label(Race race) {
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("walker", Words.dashed(race.walker())));
        facts.add(new Page.Fact("mutator", Words.dashed(race.mutator())));
        facts.add(new Page.Fact("shootdown", Words.dashed(race.shootdown())));
        facts.add(new Page.Fact("freeing", Words.dashed(race.freeing())));
        facts.add(new Page.Fact("satp", Words.dashed(race.satp())));
        race.conditions().forEach((key, value) -> facts.add(new Page.Fact(key, value)));
        return facts;
    }

    private static String engines(Race race) {
        String names = Stream.of(
                        Standing.wasExplored(race) ? "explore" : "", Standing.wasStressed(race) ? "stress" : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? "none" : names;
    }

    /** Neighbouring models that came to the same share an entry. */
    private static List<Page.Explored> explored(List<Explored> models) {
        List<Page.Explored> entries = new ArrayList<>();
        for (Explored model : models) {
            Page.Explored entry = explored(model);
            if (!entries.isEmpty() && isLike(entries.getLast(), entry)) {
                entry = new Page.Explored(
                        entries.removeLast().models() + ", " + entry.models(),
                        entry.verdict(),
                        entry.executions(),
                        entry.css());
            }
            entries.add(entry);
        }
        return entries;
    }

    private static boolean isLike(Page.Explored one, Page.Explored other) {
        return one.verdict().equals(other.verdict())
                && one.executions().equals(other.executions())
                && one.css().equals(other.css());
    }

    private static Page.Explored explored(Explored explored) {
        boolean ran = Standing.wasRun(explored);
        String message = explored.message();
        String word = ran ? explored.verdict() : message == null ? "not run" : "not run: " + message;
        String verdict = explored.contradicted() ? word + ", CONTRADICTED by another run" : word;
        String executions = ran ? Numbers.counted(explored.executions(), "execution") : "";
        String css = Standing.disagrees(explored) ? "wrong" : ran ? "right" : "missing";
        return new Page.Explored(explored.memoryModel().name(), verdict, executions, css);
    }

    private @Nullable String scene(Race race) {
        return scenes.stream()
                .filter(each -> each.races().contains(race.id()))
                .findFirst()
                .map(Scene::id)
                .orElse(null);
    }

    private List<Page.Link> witnesses(Race race) {
        return race.explored().stream()
                .flatMap(each ->
                        links
                                .to(each.witness())
                                .map(href ->
                                        new Page.Link(href, each.memoryModel().name()))
                                .stream())
                .toList();
    }
}
