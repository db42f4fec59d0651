package dev.shootdown.report.html;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.ExploredModel;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the page of a document. */
final class Pages {
    private static final String ABSENT = "absent";

    private final VerdictsDocument document;
    private final Cells cells;

    private Pages(VerdictsDocument document, Cells cells) {
        this.document = document;
        this.cells = cells;
    }

    static Page of(VerdictsDocument document, List<Scene> scenes, ResultLinks links) {
        return new Pages(document, new Cells(document, scenes, links)).page(scenes, links);
    }

    private Page page(List<Scene> scenes, ResultLinks links) {
        return new Page(
                "Shootdown: who may free a page table?",
                verdict(),
                problems() == 0 && document.completeness().equals("COMPLETE") ? "good" : "bad",
                counts(),
                facts(),
                matrices(),
                groups(),
                scenes,
                notRun(),
                document.findings().stream().map(Pages::finding).toList(),
                caveats(),
                links.all(),
                document.races().stream()
                        .map(race -> Cells.name(race.walker()))
                        .distinct()
                        .toList());
    }

    private long problems() {
        return document.findings().stream().filter(each -> each.exitCode() != 0).count();
    }

    private String verdict() {
        String result = problems() == 0 ? "is as expected" : "has " + Numbers.counted(problems(), "finding");
        return switch (document.completeness()) {
            case "COMPLETE" -> "This run " + result + ".";
            case "EXPLORED" -> "Exploration only; the stress run was not over. What was explored " + result + ".";
            default -> "Interrupted. What follows had been seen by then; it is no verdict.";
        };
    }

    private List<Page.Count> counts() {
        List<Status> all =
                document.races().stream().map(race -> cells.of(race).status()).toList();
        return Arrays.stream(Status.values())
                .map(status -> new Page.Count(status.css(), status.symbol(), status.word(), (int)
                        all.stream().filter(each -> each == status).count()))
                .toList();
    }

    private List<Page.Fact> facts() {
        List<Page.Fact> facts = new ArrayList<>();
        VerdictsDocument.Environment host = document.environment();
        facts.add(new Page.Fact("Processor", host.cpu() + ", " + Numbers.counted(host.cpus(), "CPU")));
        facts.add(new Page.Fact("Memory model of the host", host.hostModel().name()));
        facts.add(new Page.Fact("JDK", host.jdk()));
        facts.add(new Page.Fact("System", host.os()));
        facts.add(new Page.Fact("Profile", document.profile()));
        models().forEach(model -> facts.add(new Page.Fact("Explored under " + model.memoryModel(), effort(model))));
        facts.add(new Page.Fact("Stressed", stressEffort()));
        return facts;
    }

    private List<ExploredModel> models() {
        VerdictsDocument.Exploration exploration = document.exploration();
        return exploration == null ? List.of() : exploration.memoryModels();
    }

    private static String effort(ExploredModel model) {
        return Numbers.counted(model.races() - model.notRun(), "race") + ", "
                + Numbers.counted(model.executions(), "execution") + " in "
                + Numbers.seconds(Duration.ofMillis(model.millis()));
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
        return Numbers.counted(ran.size(), "test") + ", " + Numbers.grouped(samples) + " samples in "
                + Numbers.time(Duration.ofMillis(millis)) + " of measuring";
    }

    private List<Page.Fact> notRun() {
        List<Page.Fact> facts = new ArrayList<>();
        if (document.exploration() == null) {
            facts.add(new Page.Fact("Exploration", "it did not take part in this run, or had not begun"));
        }
        if (stressed().isEmpty()) {
            facts.add(new Page.Fact("Stress", "it did not take part in this run, or was not over"));
        }
        for (Race race : document.races()) {
            Stressed seen = race.stressed();
            if (seen != null && seen.notRun() != null) {
                facts.add(new Page.Fact(seen.test(), seen.notRun()));
            }
            race.explored().stream()
                    .filter(each -> each.verdict().equals("NOT_RUN"))
                    .forEach(each -> facts.add(new Page.Fact(
                            race.id() + " under " + each.memoryModel(),
                            Optional.ofNullable(each.message()).orElse("no reason was given"))));
        }
        facts.add(new Page.Fact("How long the freer waits", "not measured, so no cell shows it"));
        return facts;
    }

    private List<String> caveats() {
        return models().stream()
                .map(ExploredModel::caveat)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String finding(FindingEntry finding) {
        return (finding.exitCode() == 0 ? "Note: " : "") + finding.sentence();
    }

    private List<Page.Matrix> matrices() {
        Map<String, List<Race>> byMatrix = new LinkedHashMap<>();
        document.races().stream()
                .filter(Pages::isInMatrix)
                .sorted((one, other) -> matrixOf(one).compareTo(matrixOf(other)))
                .forEach(race -> byMatrix.computeIfAbsent(matrixOf(race), each -> new ArrayList<>())
                        .add(race));
        return byMatrix.values().stream().map(this::matrix).toList();
    }

    private static String matrixOf(Race race) {
        return (isAbsent(race) ? "1 " : "0 ") + race.walker();
    }

    private static boolean isAbsent(Race race) {
        return race.conditions().equals(Map.of("mask", ABSENT));
    }

    /** Tables are freed under SV39, and nothing else is special but whether the walker's hart is told. */
    private static boolean isInMatrix(Race race) {
        boolean plain = race.conditions().isEmpty() && !race.shootdown().equals(Shootdowns.LOCAL_ONLY.name());
        boolean local = race.conditions().equals(Map.of("mask", "switches-in"))
                && race.shootdown().equals(Shootdowns.LOCAL_ONLY.name());
        return race.mutator().equals("MUNMAP")
                && race.satp().equals("SV39")
                && (plain || local || isAbsent(race))
                && Arrays.stream(Shootdowns.values())
                        .anyMatch(each -> each.name().equals(race.shootdown()))
                && Arrays.stream(Freeings.values()).anyMatch(each -> each.name().equals(race.freeing()));
    }

    private Page.Matrix matrix(List<Race> races) {
        Race any = races.getFirst();
        String walker = Cells.name(any.walker());
        String title = walker + (isAbsent(any) ? ", not in mm_cpumask" : "");
        String note = isAbsent(any)
                ? "The walker’s hart is missing from the mask: no flush is sent to it."
                : "The walker’s hart is in the mask; under local-only it sets its bit as it switches in.";
        return new Page.Matrix(
                Cells.anchor("matrix " + title),
                title,
                note,
                Arrays.stream(Shootdowns.values())
                        .map(each -> Cells.name(each.name()))
                        .toList(),
                Arrays.stream(Freeings.values()).map(each -> row(each, races)).toList());
    }

    private Page.MatrixRow row(Freeings freeing, List<Race> races) {
        return new Page.MatrixRow(
                Cells.name(freeing.name()),
                Arrays.stream(Shootdowns.values())
                        .map(each -> new Page.Slot(Cells.name(each.name()), cell(freeing, each, races)))
                        .toList());
    }

    private Page.@Nullable Cell cell(Freeings freeing, Shootdowns shootdown, List<Race> races) {
        return races.stream()
                .filter(race -> race.freeing().equals(freeing.name()))
                .filter(race -> race.shootdown().equals(shootdown.name()))
                .map(cells::of)
                .findFirst()
                .orElse(null);
    }

    private List<Page.Group> groups() {
        Map<String, List<Page.Cell>> groups = new LinkedHashMap<>();
        document.races().stream()
                .filter(race -> !isInMatrix(race))
                .forEach(race -> groups.computeIfAbsent(topic(race), each -> new ArrayList<>())
                        .add(cells.of(race)));
        return groups.entrySet().stream()
                .map(group -> new Page.Group(Cells.anchor("group " + group.getKey()), group.getKey(), group.getValue()))
                .toList();
    }

    private static String topic(Race race) {
        return switch (race.mutator()) {
            case "MUNMAP_PARTIAL" -> "Re-checks: pages unmapped one by one";
            case "COLLAPSE" -> "Re-checks: tables collapsed into a huge page";
            case "POPULATE" -> "Publish orders: new tables";
            default -> condition(race.conditions());
        };
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
