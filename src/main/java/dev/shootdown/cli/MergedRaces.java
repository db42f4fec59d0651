package dev.shootdown.cli;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.SeenExplored;
import dev.shootdown.report.VerdictsDocument.SeenStressed;
import dev.shootdown.report.VerdictsDocument.Source;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The races of several documents, each once. */
final class MergedRaces {
    private final MergeFindings findings;
    private final Map<String, MemoryModel> hosts;

    /** @param sources all runs, by whose names results are attributed */
    MergedRaces(MergeFindings findings, List<Source> sources) {
        this.findings = findings;
        this.hosts = sources.stream()
                .collect(Collectors.toMap(
                        Source::name, each -> each.environment().hostModel(), (one, other) -> one));
    }

    List<Race> of(List<VerdictsDocument> attributed) {
        Map<String, Race> races = new LinkedHashMap<>();
        attributed.forEach(document -> document.races().forEach(race -> races.merge(race.id(), race, this::both)));
        Map<String, Stressed> tests = races.values().stream()
                .map(Race::stressed)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(Stressed::test, Function.identity(), (one, other) -> one));
        races.values().forEach(this::judge);
        return races.values().stream().map(race -> withTwin(race, tests)).toList();
    }

    private Race both(Race one, Race other) {
        if (one.failsFrom() != other.failsFrom()) {
            findings.contradiction(
                    one.id(),
                    "of " + one.id() + ", it is expected to fail from " + one.failsFrom() + " on, and from "
                            + other.failsFrom() + " on; the runs are of different versions.");
        }
        return Attribution.with(one, explored(one, other), MergedStress.of(one.stressed(), other.stressed()));
    }

    private static List<Explored> explored(Race one, Race other) {
        Map<MemoryModel, Explored> found = new EnumMap<>(MemoryModel.class);
        Stream.concat(one.explored().stream(), other.explored().stream())
                .forEach(each -> found.merge(each.memoryModel(), each, MergedExploration::both));
        return List.copyOf(found.values());
    }

    private void judge(Race race) {
        race.explored().stream()
                .filter(Explored::contradicted)
                .forEach(each -> findings.contradiction(
                        race.id(),
                        race.id() + " under " + each.memoryModel() + " is "
                                + seen(each)
                                        .map(who -> who.verdict() + " in " + who.source())
                                        .collect(Collectors.joining(", "))
                                + "."));
        Stressed stressed = race.stressed();
        if (stressed != null) {
            judge(race, stressed, Objects.requireNonNullElse(stressed.seen(), List.of()));
        }
    }

    private static Stream<SeenExplored> seen(Explored explored) {
        return Objects.requireNonNullElse(explored.seen(), List.<SeenExplored>of()).stream();
    }

    private void judge(Race race, Stressed stressed, List<SeenStressed> seen) {
        for (MemoryModel host : MemoryModel.values()) {
            List<SeenStressed> here = seen.stream()
                    .filter(each -> hosts.get(each.source()) == host)
                    .toList();
            List<SeenStressed> failed = with(here, StressVerdict.UNSAFE);
            if (failed.isEmpty()) {
                continue;
            }
            with(here, StressVerdict.NOT_OBSERVED)
                    .forEach(each -> findings.contradiction(
                            race.id(),
                            stressed.shortName() + " fails in " + names(failed)
                                    + " and does not in " + each.source() + ", in "
                                    + Numbers.counted(each.contended(), "contended sample") + ", both on " + host
                                    + "."));
            race.explored().stream()
                    .filter(each -> each.memoryModel() == host && each.verdict().equals("SAFE"))
                    .forEach(each -> findings.contradiction(
                            race.id(),
                            race.id() + " is SAFE under " + host + " by exploration, and fails under stress in "
                                    + names(failed) + "."));
        }
    }

    private static List<SeenStressed> with(List<SeenStressed> seen, StressVerdict verdict) {
        return seen.stream().filter(each -> each.verdict() == verdict).toList();
    }

    private static String names(List<SeenStressed> seen) {
        return seen.stream().map(SeenStressed::source).collect(Collectors.joining(", "));
    }

    private static Race withTwin(Race race, Map<String, Stressed> tests) {
        Stressed stressed = race.stressed();
        return stressed == null ? race : Attribution.with(race, race.explored(), withTwin(stressed, tests));
    }

    /** The twin's rate goes with what all runs saw of it. */
    private static Stressed withTwin(Stressed of, Map<String, Stressed> tests) {
        @Nullable Stressed twin = of.twin() == null ? null : tests.get(of.twin());
        return twin == null ? of : MergedStress.with(of, twin.failureRate(), of.seen());
    }
}
