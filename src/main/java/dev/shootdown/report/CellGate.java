package dev.shootdown.report;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.StressExpectation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges races that were stressed in the VM of the run. None may be missing, and none may show what it must not. The silence of a
 * safe one counts only if a race much like it was seen to fail in the same run: one that differs in one thing, or in two, where
 * two things keep a page, such as the re-check and the interrupt. That nothing was shown of one, neither a failure that must come nor
 * enough of the race, is a finding, but of the few that are {@link HardToShow}.
 */
final class CellGate {
    private static final int MOST_DIFFERENCES = 2;

    private final CellRun run;
    private final MemoryModel host;
    /** The races that were seen to fail, as they must, however they were stressed. */
    private final List<Race> failed;

    /**
     * @param run what was seen
     * @param others other races that were seen to fail in the same run
     * @param host the memory model of the machine
     */
    CellGate(CellRun run, List<Race> others, MemoryModel host) {
        this.run = run;
        this.host = host;
        Stream<Race> own = run.seen().stream().filter(CellRun::failed).map(Stressed::race);
        this.failed = Stream.concat(own, others.stream())
                .filter(race -> expectation(race) == StressExpectation.UNSAFE)
                .toList();
    }

    /** Every reason not to believe the run. */
    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>(run.findings());
        for (Race race : run.planned()) {
            Optional<Stressed> seen = run.of(race.id());
            if (seen.isPresent()) {
                judge(seen.get(), findings);
            } else if (findings.stream().noneMatch(each -> each.subject().equals(subject(race)))) {
                add(findings, race, ExitCode.BROKEN, "was planned, but there is no trace of it in the results.");
            }
        }
        return findings;
    }

    private void judge(Stressed seen, List<Finding> findings) {
        Race race = seen.race();
        Optional<String> excuse = CellRun.failed(seen) ? Optional.empty() : HardToShow.reason(race);
        ExitCode severity = excuse.isPresent() ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
        String because =
                excuse.map(reason -> " That is no surprise: " + reason + ".").orElse("");
        seen.findings().forEach(sentence -> findings.add(finding(race, severity, sentence + because)));
        boolean silent = expectation(race) == StressExpectation.SAFE && seen.verdict() == StressVerdict.NOT_OBSERVED;
        if (silent && twinOf(race).isEmpty()) {
            add(
                    findings,
                    race,
                    ExitCode.NOT_AS_EXPECTED,
                    "has no teeth: no race much like it was seen to fail in this run.");
        }
    }

    private StressExpectation expectation(Race race) {
        return StressExpectation.of(race.describe().failsFrom(), host);
    }

    /** The race that was seen to fail and differs in the fewest things: of several, the first of the run. */
    Optional<String> twinOf(Race race) {
        return failed.stream()
                .filter(other -> differences(race, other) <= MOST_DIFFERENCES)
                .min(Comparator.comparingInt(other -> differences(race, other)))
                .map(Race::id);
    }

    /** In how many parts and conditions two races differ; conditions do not matter where too many parts do. */
    private static int differences(Race one, Race other) {
        int parts = differing(one.walker(), other.walker())
                + differing(one.mutator(), other.mutator())
                + differing(one.shootdown(), other.shootdown())
                + differing(one.freeing(), other.freeing())
                + differing(one.satp(), other.satp());
        if (parts > MOST_DIFFERENCES) {
            return parts;
        }
        Map<String, String> mine = conditions(one);
        Map<String, String> others = conditions(other);
        Set<String> names = new HashSet<>(mine.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> Objects.equals(mine.get(name), others.get(name)));
        return parts + names.size();
    }

    /** Without how the mask came to be exact. */
    private static Map<String, String> conditions(Race race) {
        Map<String, String> conditions = new HashMap<>(race.conditions().notable());
        if (race.conditions().mask() == WalkerMask.SWITCHES_IN) {
            conditions.remove("mask");
        }
        return conditions;
    }

    private static int differing(Object one, Object other) {
        return one.equals(other) ? 0 : 1;
    }

    private static Finding.Subject subject(Race race) {
        return new Finding.Subject.OneTest(race.id());
    }

    private static Finding finding(Race race, ExitCode severity, String sentence) {
        return new Finding(subject(race), severity, sentence);
    }

    private static void add(List<Finding> findings, Race race, ExitCode severity, String predicate) {
        findings.add(finding(
                race, severity, race.id() + " (expected " + race.describe().expected() + ") " + predicate));
    }
}
