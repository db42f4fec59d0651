package dev.shootdown.cli;

import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import dev.shootdown.report.RunReport.Completeness;
import dev.shootdown.report.StressedInProcess;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Environment;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.StressExpectation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Races stressed one after the other. What was seen so far can be asked for at any time, by any thread. */
final class StressJob {
    private static final HostEnvironment HOST = HostEnvironment.current();

    private final StoredResults before;
    private final List<Race> planned;
    private final Instant started = Instant.now();
    private final List<VerdictsDocument.Race> done = new ArrayList<>();
    private final List<FindingEntry> findings = new ArrayList<>();
    private int ended;

    /**
     * @param before what the results are added to
     * @param planned all that are to be stressed
     */
    StressJob(StoredResults before, List<Race> planned) {
        this.before = before;
        this.planned = planned;
    }

    /** What this host has to show of a race. */
    static StressExpectation expected(Race race) {
        return StressExpectation.of(race.describe().failsFrom(), HOST.hostModel());
    }

    /** Stresses one race; empty if that broke, which is a finding. */
    Optional<Stressed> stress(Race race, Duration duration) {
        try {
            Stressed seen = race.stress(duration);
            add(seen);
            return Optional.of(seen);
        } catch (IllegalStateException e) {
            add(race, e);
            return Optional.empty();
        }
    }

    private synchronized void add(Stressed seen) {
        ended++;
        done.add(entry(seen));
        seen.findings().forEach(sentence -> find(seen.race(), ExitCode.NOT_AS_EXPECTED, sentence));
    }

    private synchronized void add(Race race, IllegalStateException broke) {
        ended++;
        String why = Objects.requireNonNullElse(broke.getMessage(), "it broke")
                .lines()
                .findFirst()
                .orElse("");
        find(race, ExitCode.BROKEN, why + ".");
    }

    private void find(Race race, ExitCode severity, String sentence) {
        findings.add(new FindingEntry(race.id(), null, null, severity.number(), sentence));
    }

    /** All results: those from before, and these. */
    synchronized VerdictsDocument document() {
        VerdictsDocument base = before.document().orElseGet(() -> empty(Completeness.COMPLETE));
        long millis = Duration.between(started, Instant.now()).toMillis();
        return StoredResults.combined(base, done, findings.stream())
                .withElapsed(millis
                        + before.document().map(VerdictsDocument::elapsedMillis).orElse(0L));
    }

    /** Only what was seen by now. */
    synchronized VerdictsDocument interrupted() {
        String sentence = "Interrupted after " + ended + " of " + Numbers.counted(planned.size(), "race")
                + ", so there is no verdict.";
        FindingEntry finding = new FindingEntry(null, null, null, ExitCode.BROKEN.number(), sentence);
        VerdictsDocument partial = StoredResults.combined(empty(Completeness.INTERRUPTED), done, findings.stream());
        List<FindingEntry> all = new ArrayList<>(partial.findings());
        all.add(finding);
        return partial.withFindings(all);
    }

    private VerdictsDocument empty(Completeness completeness) {
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                new Environment(HOST.cpu(), HOST.cpus(), HOST.jdk(), HOST.os(), HOST.hostModel()),
                Profile.DEFAULT.label(),
                Profile.DEFAULT.limits(),
                started,
                Duration.between(started, Instant.now()).toMillis(),
                completeness == Completeness.INTERRUPTED,
                completeness.name(),
                null,
                List.of(),
                List.of(),
                null,
                null);
    }

    private static VerdictsDocument.Race entry(Stressed seen) {
        return VerdictsDocument.Race.of(seen.race().describe(), List.of(), StressedInProcess.entry(seen, HOST));
    }
}
