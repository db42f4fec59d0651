package dev.shootdown.cli;

import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.SeenExplored;
import dev.shootdown.report.VerdictsDocument.SeenStressed;
import dev.shootdown.report.VerdictsDocument.Source;
import dev.shootdown.report.VerdictsDocument.Stressed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document in which every result says where it is from. What is a merge already keeps the names of its runs, behind its own. */
record Attribution(String from) {
    static VerdictsDocument of(String from, VerdictsDocument document) {
        return new Attribution(from).document(document);
    }

    private VerdictsDocument document(VerdictsDocument of) {
        return new VerdictsDocument(
                of.schema(),
                of.environment(),
                of.profile(),
                of.limits(),
                of.started(),
                of.elapsedMillis(),
                of.interrupted(),
                of.completeness(),
                of.exploration(),
                of.races().stream().map(this::race).toList(),
                of.findings(),
                sources(of),
                of.scenarios());
    }

    private String within(String name) {
        return from + ":" + name;
    }

    private List<Source> sources(VerdictsDocument of) {
        List<Source> inner = of.sources();
        return inner == null
                ? List.of(new Source(from, of.environment(), of.profile(), of.completeness(), of.started()))
                : inner.stream()
                        .map(each -> new Source(
                                within(each.name()),
                                each.environment(),
                                each.profile(),
                                each.completeness(),
                                each.started()))
                        .toList();
    }

    private Race race(Race race) {
        return with(race, race.explored().stream().map(this::explored).toList(), stressed(race.stressed()));
    }

    private Explored explored(Explored of) {
        List<SeenExplored> inner = of.seen();
        return with(
                of,
                inner == null
                        ? List.of(new SeenExplored(from, of.verdict(), of.executions()))
                        : inner.stream()
                                .map(each -> new SeenExplored(within(each.source()), each.verdict(), each.executions()))
                                .toList());
    }

    private @Nullable Stressed stressed(@Nullable Stressed of) {
        if (of == null) {
            return null;
        }
        List<SeenStressed> inner = of.seen();
        return MergedStress.with(
                of,
                of.twinFailureRate(),
                inner == null
                        ? List.of(new SeenStressed(from, of.verdict(), of.samples(), of.forbidden(), of.contended()))
                        : inner.stream()
                                .map(each -> new SeenStressed(
                                        within(each.source()),
                                        each.verdict(),
                                        each.samples(),
                                        each.forbidden(),
                                        each.contended()))
                                .toList());
    }

    /** The same race with other results. */
    static Race with(Race race, List<Explored> explored, @Nullable Stressed stressed) {
        return new Race(
                race.id(),
                race.walker(),
                race.mutator(),
                race.shootdown(),
                race.freeing(),
                race.satp(),
                race.conditions(),
                race.expected(),
                race.failsFrom(),
                race.reason(),
                race.source(),
                race.protection(),
                explored,
                stressed);
    }

    private static Explored with(Explored of, List<SeenExplored> seen) {
        return MergedExploration.with(of, of.witness(), seen);
    }
}
