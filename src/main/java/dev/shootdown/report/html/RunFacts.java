package dev.shootdown.report.html;

import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Environment;
import dev.shootdown.report.VerdictsDocument.Exploration;
import dev.shootdown.report.VerdictsDocument.ExploredModel;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a run ran, what it did for how long, and what it did not do.
 *
 * @param document the run
 */
record RunFacts(VerdictsDocument document) {
    List<Page.Fact> done() {
        List<Page.Fact> facts = new ArrayList<>();
        Environment host = document.environment();
        facts.add(new Page.Fact("Processor", host.cpu() + ", " + Numbers.counted(host.cpus(), "CPU")));
        facts.add(new Page.Fact("Memory model of the host", host.hostModel().name()));
        facts.add(new Page.Fact("JDK", host.jdk()));
        facts.add(new Page.Fact("System", host.os()));
        facts.add(new Page.Fact("Profile", document.profile()));
        models().forEach(model -> facts.add(new Page.Fact("Explored under " + model.memoryModel(), effort(model))));
        bounds().ifPresent(facts::add);
        facts.add(new Page.Fact("Stressed", stressEffort()));
        return facts;
    }

    private List<ExploredModel> models() {
        Exploration exploration = document.exploration();
        return exploration == null ? List.of() : exploration.memoryModels();
    }

    private static String effort(ExploredModel model) {
        return Numbers.counted(model.races() - model.notRun(), "race") + ", "
                + Numbers.counted(model.executions(), "execution") + " in "
                + Numbers.seconds(Duration.ofMillis(model.millis()));
    }

    private Optional<Page.Fact> bounds() {
        return Optional.ofNullable(document.exploration())
                .map(each -> new Page.Fact(
                        "Bounds of exploration",
                        Numbers.counted(each.executionBound(), "execution") + " a race, "
                                + Numbers.counted(each.stepBound(), "step") + " an execution"));
    }

    private List<Stressed> stressed() {
        return document.races().stream()
                .map(Race::stressed)
                .filter(Objects::nonNull)
                .toList();
    }

    private String stressEffort() {
        List<Stressed> ran =
                stressed().stream().filter(each -> each.notRun() == null).toList();
        if (ran.isEmpty()) {
            return "nothing";
        }
        long samples = ran.stream().mapToLong(Stressed::samples).sum();
        long millis = ran.stream().mapToLong(Stressed::activeMillis).sum();
        return effort(ran) + ", " + Numbers.grouped(samples) + " samples in " + Numbers.time(Duration.ofMillis(millis))
                + " of measuring";
    }

    private String effort(List<Stressed> ran) {
        long own = document.races().stream()
                .filter(Race::wasStressedInProcess)
                .filter(Standing::wasStressed)
                .count();
        String tests = Numbers.counted(ran.size() - own, "test");
        return own == 0 ? tests : tests + " by jcstress and " + Numbers.counted(own, "race") + " in a VM of ours";
    }

    List<Page.Fact> notDone() {
        List<Page.Fact> facts = new ArrayList<>();
        if (document.exploration() == null) {
            facts.add(new Page.Fact("Exploration", "it did not take part in this run"));
        }
        facts.addAll(notStressed());
        document.races().forEach(race -> facts.addAll(notRun(race)));
        return facts;
    }

    private List<Page.Fact> notStressed() {
        List<Stressed> tests = stressed();
        if (tests.isEmpty()) {
            String reason = document.completeness().equals("COMPLETE")
                    ? "it did not take part in this run"
                    : "it was not over when this was written";
            return List.of(new Page.Fact("Stress", reason));
        }
        int only = document.races().size() - tests.size();
        return only == 0
                ? List.of()
                : List.of(new Page.Fact("Stress of " + Numbers.counted(only, "race"), "they have no stress test"));
    }

    private static List<Page.Fact> notRun(Race race) {
        List<Page.Fact> facts = new ArrayList<>();
        Stressed seen = race.stressed();
        if (seen != null && seen.notRun() != null) {
            facts.add(new Page.Fact(seen.test(), seen.notRun()));
        } else if (seen != null && seen.configurations() < seen.plannedConfigurations()) {
            String ended = seen.configurations() + " of " + Numbers.counted(seen.plannedConfigurations(), "fork");
            facts.add(new Page.Fact(seen.test(), "ran in part: " + ended + " came to the end"));
        }
        race.explored().stream()
                .filter(each -> !Standing.wasRun(each))
                .forEach(each -> facts.add(new Page.Fact(
                        race.id() + " under " + each.memoryModel(),
                        Optional.ofNullable(each.message()).orElse("no reason was given"))));
        return facts;
    }

    /** What has to be said beside verdicts under some models. */
    List<String> caveats() {
        return models().stream()
                .map(ExploredModel::caveat)
                .filter(Objects::nonNull)
                .toList();
    }
}
