package dev.shootdown.report.html;

import dev.shootdown.race.Verdict;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.StressExpectation;
import dev.shootdown.race.StressVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the cell of a race. */
final class Cells {
    private static final String NOT_RUN = "NOT_RUN";

    private final VerdictsDocument document;
    private final List<Scene> scenes;
    private final ResultLinks links;

    Cells(VerdictsDocument document, List<Scene> scenes, ResultLinks links) {
        this.document = document;
        this.scenes = scenes;
        this.links = links;
    }

    /** The name that a race has in links. */
    static String anchor(String raceId) {
        return raceId.replaceAll("[^A-Za-z0-9=]+", "-").replace('=', '_');
    }

    /** A name such as {@code S_MODE_IPI} as it is read: {@code S-mode IPI} would be a guess, {@code s-mode-ipi} is its id. */
    static String name(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Page.Cell of(Race race) {
        Stressed stressed = race.stressed();
        return new Page.Cell(
                "race-" + anchor(race.id()),
                race.id(),
                name(race.walker()),
                label(race),
                status(race),
                engines(race),
                expected(race),
                race.reason() + " (" + race.source() + ")",
                race.explored().stream().map(Cells::explored).toList(),
                stressed == null ? null : stressed(stressed),
                scene(race),
                witnesses(race));
    }

    private static List<Page.Fact> label(Race race) {
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("walker", name(race.walker())));
        facts.add(new Page.Fact("mutator", name(race.mutator())));
        facts.add(new Page.Fact("shootdown", name(race.shootdown())));
        facts.add(new Page.Fact("freeing", name(race.freeing())));
        facts.add(new Page.Fact("satp", name(race.satp())));
        race.conditions().forEach((key, value) -> facts.add(new Page.Fact(key, value)));
        return facts;
    }

    private static String expected(Race race) {
        return race.expected() == Verdict.SAFE ? "SAFE" : "UNSAFE from " + race.failsFrom();
    }

    private static String engines(Race race) {
        boolean explored =
                race.explored().stream().anyMatch(each -> !each.verdict().equals(NOT_RUN));
        Stressed stressed = race.stressed();
        boolean ran = stressed != null && stressed.notRun() == null;
        return Stream.of(explored ? "explore" : "", ran ? "stress" : "")
                .filter(each -> !each.isEmpty())
                .reduce((one, other) -> one + " " + other)
                .orElse("none");
    }

    private Status status(Race race) {
        Stressed stressed = race.stressed();
        boolean disagrees = race.explored().stream().anyMatch(Cells::disagrees)
                || (stressed != null && disagrees(stressed))
                || document.findings().stream().anyMatch(finding -> isAgainst(finding, race));
        if (disagrees) {
            return Status.DISAGREES;
        }
        boolean missing =
                race.explored().stream().anyMatch(each -> each.verdict().equals(NOT_RUN))
                        || (stressed != null && stressed.notRun() != null)
                        || engines(race).equals("none");
        if (missing) {
            return Status.NOT_RUN;
        }
        return race.expected() == Verdict.SAFE ? Status.SAFE : Status.UNSAFE;
    }

    private static boolean disagrees(Explored explored) {
        return !explored.verdict().equals(NOT_RUN)
                && !explored.verdict().equals(explored.expected().name());
    }

    /** A required failure that did not come counts only when the run is over; so does one that came too seldom. */
    private boolean disagrees(Stressed stressed) {
        if (stressed.notRun() != null) {
            return false;
        }
        boolean failed = stressed.verdict() == StressVerdict.UNSAFE;
        boolean must = stressed.expected() == StressExpectation.UNSAFE;
        return failed ? !must : must && !document.interrupted();
    }

    private static boolean isAgainst(FindingEntry finding, Race race) {
        Stressed stressed = race.stressed();
        boolean itsTest = stressed != null
                && finding.test() != null
                && (stressed.test().equals(finding.test()) || stressed.test().endsWith("." + finding.test()));
        return finding.exitCode() != 0 && (itsTest || race.id().equals(finding.explored())) && !isNotRun(race);
    }

    private static boolean isNotRun(Race race) {
        Stressed stressed = race.stressed();
        return stressed != null && stressed.notRun() != null;
    }

    private static Page.Explored explored(Explored explored) {
        String executions = explored.executions() == 0 ? "–" : Numbers.grouped(explored.executions());
        String verdict = explored.verdict().equals(NOT_RUN) ? "not run" : explored.verdict();
        String css = disagrees(explored) ? "wrong" : "right";
        return new Page.Explored(explored.memoryModel().name(), verdict, executions, css);
    }

    private Page.Stressed stressed(Stressed stressed) {
        String verdict = stressed.notRun() == null ? verdict(stressed) : "not run: " + stressed.notRun();
        return new Page.Stressed(
                stressed.test().substring(stressed.test().lastIndexOf('.') + 1),
                verdict,
                stressed.forbidden() == 0 ? "0" : Numbers.compact(stressed.hitsPerSecond()),
                Numbers.compact(stressed.samples()),
                Numbers.compact(stressed.nearMisses()),
                Numbers.compact(stressed.interruptsSelf()) + " self, " + Numbers.compact(stressed.interruptsByProxy())
                        + " proxy",
                disagrees(stressed) ? "wrong" : "right");
    }

    private static String verdict(Stressed stressed) {
        String bound = stressed.upperBound95() == null ? "" : ", at most " + Numbers.share(stressed.upperBound95());
        String turns = stressed.oversubscribed() ? ", oversubscribed" : "";
        return stressed.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + bound + turns;
    }

    private @Nullable String scene(Race race) {
        Optional<Scene> scene =
                scenes.stream().filter(each -> each.races().contains(race.id())).findFirst();
        return scene.map(Scene::id).orElse(null);
    }

    private List<Page.Link> witnesses(Race race) {
        return race.explored().stream()
                .filter(each -> each.witness() != null)
                .map(each -> new Page.Link(
                        links.to(Objects.requireNonNull(each.witness())),
                        each.memoryModel().name()))
                .toList();
    }
}
