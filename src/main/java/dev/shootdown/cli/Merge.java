package dev.shootdown.cli;

import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Environment;
import dev.shootdown.report.VerdictsDocument.Scenario;
import dev.shootdown.report.VerdictsDocument.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several documents as one. A run that is in two of them counts once; what they contradict each other in becomes a finding. */
final class Merge {
    /** By which a run is recognised, wherever its results are. */
    private record Run(Environment environment, Instant started, String completeness) {}

    private final Map<String, VerdictsDocument> kept = new LinkedHashMap<>();
    private final Map<String, VerdictsDocument> given = new LinkedHashMap<>();
    private final Set<Run> counted = new HashSet<>();
    private final MergeFindings findings = new MergeFindings();

    private Merge() {}

    /**
     * Merges documents.
     *
     * @param documents at least one, by where they come from
     */
    static VerdictsDocument of(Map<String, VerdictsDocument> documents) {
        Merge merge = new Merge();
        documents.forEach(merge::add);
        return merge.merged();
    }

    private void add(String from, VerdictsDocument document) {
        if (isCounted(from, document)) {
            return;
        }
        given.put(from, document);
        VerdictsDocument attributed = Attribution.of(from, document);
        kept.put(from, attributed);
        counted.addAll(runs(document));
        sources(attributed).forEach(findings::source);
        document.findings().forEach(finding -> findings.copy(from, finding));
    }

    private boolean isCounted(String from, VerdictsDocument document) {
        for (Map.Entry<String, VerdictsDocument> other : given.entrySet()) {
            if (other.getValue().equals(document)) {
                findings.note(from + " is the same run as " + other.getKey() + ", and is counted once.");
                return true;
            }
        }
        Set<Run> again = new HashSet<>(runs(document));
        again.retainAll(counted);
        if (again.isEmpty()) {
            return false;
        }
        checkWhole(from, document, again);
        findings.note(from + " holds nothing but runs that are counted already.");
        return true;
    }

    private void checkWhole(String from, VerdictsDocument document, Set<Run> again) {
        Run run = again.iterator().next();
        String which = " (" + run.environment().cpu() + ", started " + run.started() + ")";
        if (again.size() < runs(document).size()) {
            throw Names.bad(from + " holds a run that others hold too" + which
                    + " and one that they do not; merge the directories that it was made from");
        }
        if (document.sources() == null && given.values().stream().anyMatch(other -> isCopy(other, document))) {
            throw Names.bad(from + " is of a run that is here already" + which
                    + ", but says something else; leave out the older copy");
        }
    }

    private static boolean isCopy(VerdictsDocument one, VerdictsDocument other) {
        return one.sources() == null && runs(one).equals(runs(other));
    }

    private static Set<Run> runs(VerdictsDocument document) {
        List<Source> sources = document.sources();
        Stream<@Nullable Run> runs = sources == null
                ? Stream.of(run(document.environment(), document.started(), document.completeness()))
                : sources.stream().map(each -> run(each.environment(), each.started(), each.completeness()));
        return runs.filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static @Nullable Run run(Environment environment, @Nullable Instant started, String completeness) {
        return started == null ? null : new Run(environment, started, completeness);
    }

    private static List<Source> sources(VerdictsDocument attributed) {
        return Objects.requireNonNullElse(attributed.sources(), List.of());
    }

    private VerdictsDocument merged() {
        List<VerdictsDocument> all = List.copyOf(kept.values());
        List<Source> sources =
                all.stream().flatMap(each -> sources(each).stream()).toList();
        List<VerdictsDocument.Race> races = new MergedRaces(findings, sources).of(all);
        VerdictsDocument first = all.getFirst();
        if (all.stream().map(VerdictsDocument::limits).distinct().count() > 1) {
            findings.note("The runs were judged by different limits; those shown are of the first.");
        }
        return new VerdictsDocument(
                first.schema(),
                environment(),
                joined(all.stream().map(VerdictsDocument::profile)),
                first.limits(),
                null,
                null,
                all.stream().anyMatch(VerdictsDocument::interrupted),
                completeness(all),
                new MergedExploration(findings).of(all, races),
                races,
                findings.all(),
                sources,
                scenarios(all));
    }

    /** Of two with one number the first: they are of the same program, or its races contradict each other already. */
    private static @Nullable List<Scenario> scenarios(List<VerdictsDocument> all) {
        Map<Integer, Scenario> byNumber = new TreeMap<>();
        all.stream()
                .flatMap(each -> Objects.requireNonNullElse(each.scenarios(), List.<Scenario>of()).stream())
                .forEach(scenario -> byNumber.putIfAbsent(scenario.number(), scenario));
        return byNumber.isEmpty() ? null : List.copyOf(byNumber.values());
    }

    private static String completeness(List<VerdictsDocument> all) {
        Set<String> each = all.stream().map(VerdictsDocument::completeness).collect(Collectors.toSet());
        return Stream.of("INTERRUPTED", "EXPLORED")
                .filter(each::contains)
                .findFirst()
                .orElse("COMPLETE");
    }

    private Environment environment() {
        List<Environment> hosts =
                kept.values().stream().map(VerdictsDocument::environment).toList();
        return new Environment(
                joined(hosts.stream().map(Environment::cpu)),
                hosts.stream().mapToInt(Environment::cpus).max().orElseThrow(),
                joined(hosts.stream().map(Environment::jdk)),
                joined(hosts.stream().map(Environment::os)),
                hosts.stream()
                        .map(Environment::hostModel)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static String joined(Stream<String> names) {
        return names.distinct().collect(Collectors.joining("; "));
    }
}
