package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsFile;
import dev.shootdown.stress.HostEnvironment;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a directory of results has already, which a command adds to.
 *
 * @param document what is there, if anything is
 */
record StoredResults(Optional<VerdictsDocument> document) {
    /**
     * What is there.
     *
     * @throws dev.shootdown.stress.PlanException if something is there that cannot be added to
     */
    static StoredResults in(ResultPaths paths) {
        if (!Files.exists(paths.verdicts())) {
            return new StoredResults(Optional.empty());
        }
        VerdictsDocument there = VerdictsFile.read(paths.verdicts());
        check(paths, there.sources() == null, "several runs that were merged");
        check(
                paths,
                there.environment().host().equals(HostEnvironment.current()),
                "another machine or JDK, " + there.environment().cpu() + ", "
                        + there.environment().jdk());
        check(paths, there.races().stream().allMatch(StoredResults::isOurs), "the stress tests of mvn verify");
        return new StoredResults(Optional.of(there));
    }

    private static void check(ResultPaths paths, boolean holds, String what) {
        if (!holds) {
            throw Names.bad(paths.root() + " has results of " + what + "; name another place with --results");
        }
    }

    /** The command line stresses a race under its own name. */
    private static boolean isOurs(Race race) {
        return race.stressed() == null || race.stressed().test().equals(race.id());
    }

    /** An exploration, with what was stressed before. */
    VerdictsDocument withExploration(VerdictsDocument explored) {
        List<Race> before =
                document.stream().flatMap(each -> each.races().stream()).toList();
        return combined(explored, before, document.stream().flatMap(each -> each.findings().stream()));
    }

    /**
     * A document with stressed races added.
     *
     * @param stressed races of which only {@code stressed} counts
     * @param findings of which only those count that are about a stressed race
     */
    static VerdictsDocument combined(VerdictsDocument base, List<Race> stressed, Stream<FindingEntry> findings) {
        Map<String, Race> races = new LinkedHashMap<>();
        base.races().forEach(race -> races.put(race.id(), race));
        List<String> replaced = new ArrayList<>();
        for (Race race : stressed) {
            if (race.stressed() != null) {
                replaced.add(race.id());
                races.merge(race.id(), Attribution.with(race, List.of(), race.stressed()), StoredResults::stressed);
            }
        }
        List<FindingEntry> all = new ArrayList<>(base.findings());
        all.removeIf(finding -> replaced.contains(finding.test()));
        findings.filter(finding -> finding.test() != null).forEach(all::add);
        return base.withRaces(List.copyOf(races.values())).withFindings(all);
    }

    private static Race stressed(Race before, Race now) {
        return Attribution.with(before, before.explored(), now.stressed());
    }
}
