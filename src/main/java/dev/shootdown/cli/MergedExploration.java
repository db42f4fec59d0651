package dev.shootdown.cli;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.CanaryEntry;
import dev.shootdown.report.VerdictsDocument.Exploration;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.ExploredModel;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.SeenExplored;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What several runs explored, as one exploration. */
record MergedExploration(MergeFindings findings) {
    /** What one canary came to under one model. */
    private record CanaryKey(String name, MemoryModel model) {}

    /** Two explorations of one race: a failure that somebody found is one, and a verdict is worth more than none. */
    static Explored both(Explored one, Explored other) {
        List<SeenExplored> seen = new ArrayList<>(Objects.requireNonNullElse(one.seen(), List.of()));
        seen.addAll(Objects.requireNonNullElse(other.seen(), List.of()));
        Explored kept = weight(other) > weight(one) ? other : one;
        return with(kept, kept.witness(), List.copyOf(seen));
    }

    private static int weight(Explored explored) {
        int verdict = switch (explored.verdict()) {
            case "UNSAFE" -> 8;
            case "SAFE" -> 6;
            case "NOT_RUN" -> 0;
            default -> 4;
        };
        return explored.witness() == null ? verdict : verdict + 1;
    }

    /** The same exploration with another witness, seen by others. */
    static Explored with(Explored of, @Nullable String witness, @Nullable List<SeenExplored> seen) {
        return new Explored(
                of.memoryModel(),
                of.expected(),
                of.verdict(),
                of.executions(),
                of.pruned(),
                of.millis(),
                of.outcomes(),
                of.message(),
                witness,
                seen);
    }

    /** All of them, if there is any; its bounds are the smallest. */
    @Nullable
    Exploration of(List<VerdictsDocument> documents, List<Race> races) {
        List<Exploration> all = documents.stream()
                .flatMap(each -> Stream.ofNullable(each.exploration()))
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        if (all.stream()
                        .map(each -> List.of(each.executionBound(), each.stepBound()))
                        .distinct()
                        .count()
                > 1) {
            findings.note("The runs explored within different bounds; those shown are the smallest.");
        }
        return new Exploration(
                all.stream().mapToLong(Exploration::executionBound).min().orElseThrow(),
                all.stream().mapToInt(Exploration::stepBound).min().orElseThrow(),
                models(all, races),
                canaries(all));
    }

    private static List<ExploredModel> models(List<Exploration> all, List<Race> races) {
        Map<MemoryModel, ExploredModel> models = new EnumMap<>(MemoryModel.class);
        all.stream()
                .flatMap(each -> each.memoryModels().stream())
                .forEach(each -> models.merge(each.memoryModel(), each, MergedExploration::effort));
        return models.values().stream().map(each -> counted(each, races)).toList();
    }

    /** The work of both. */
    private static ExploredModel effort(ExploredModel one, ExploredModel other) {
        long executions = one.executions() + other.executions();
        long millis = one.millis() + other.millis();
        return new ExploredModel(
                one.memoryModel(),
                0,
                0,
                0,
                executions,
                one.pruned() + other.pruned(),
                millis,
                executions * 1000.0 / Math.max(millis, 1),
                one.caveat());
    }

    /** The same work, and what came of each race in the end. */
    private static ExploredModel counted(ExploredModel model, List<Race> races) {
        List<Explored> explored = races.stream()
                .flatMap(race -> race.explored().stream())
                .filter(each -> each.memoryModel() == model.memoryModel())
                .toList();
        return new ExploredModel(
                model.memoryModel(),
                explored.size(),
                explored.stream().filter(Explored::asExpected).count(),
                explored.stream().filter(Explored::notRun).count(),
                model.executions(),
                model.pruned(),
                model.millis(),
                model.executionsPerSecond(),
                model.caveat());
    }

    private List<CanaryEntry> canaries(List<Exploration> all) {
        Map<CanaryKey, CanaryEntry> canaries = new LinkedHashMap<>();
        all.stream()
                .flatMap(each -> each.canaries().stream())
                .forEach(each -> canaries.merge(new CanaryKey(each.name(), each.memoryModel()), each, this::worse));
        return List.copyOf(canaries.values());
    }

    private CanaryEntry worse(CanaryEntry one, CanaryEntry other) {
        if (!one.verdict().equals(other.verdict()) && !one.notRun() && !other.notRun()) {
            findings.contradiction(
                    one.name(),
                    "the canary " + one.name() + " under " + one.memoryModel() + " is " + one.verdict()
                            + " in one run and " + other.verdict() + " in another; one of the explorers is wrong.");
        }
        return one.asExpected() || one.notRun() ? other : one;
    }
}
