package dev.shootdown.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stress run from the plan to the reports.
 *
 * <p>A run that is interrupted (Ctrl-C, or a build server's SIGTERM) ends its forks and writes what it has seen by then
 * into a directory of its own, so that the last complete reports stay.
 */
final class StressSession {
    private final StressPlan plan;
    private final Profile profile;
    private final ResultPaths paths;
    private final PrintStream out;
    private final HostEnvironment host = HostEnvironment.current();
    private final Instant started = Instant.now();
    /** Whoever sets it first, the run that has ended or the interruption, writes the reports. */
    private final AtomicBoolean reporting = new AtomicBoolean();

    /**
     * @param plan the tests to run
     * @param line what the user asked for
     * @param out where progress and the matrix go
     */
    StressSession(StressPlan plan, CommandLine line, PrintStream out) {
        this.plan = plan;
        this.profile = line.profile();
        this.paths = new ResultPaths(line.results());
        this.out = out;
    }

    /** Runs everything and writes the reports. */
    ExitCode run() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("shootdown-");
        try {
            return run(scratch);
        } finally {
            ResultFiles.delete(scratch);
        }
    }

    private ExitCode run(Path scratch) throws IOException, InterruptedException {
        JcstressAdapter adapter = new JcstressAdapter(plan.tests(), profile.effort(), scratch);
        ForkSchedule schedule = adapter.schedule(plan.tests(), profile);
        announce(schedule);
        Files.createDirectories(paths.crashed());
        Duration limit = profile.effort().limit();
        try (Watchdog watchdog = new Watchdog(limit, paths.hung()).start()) {
            Progress progress = new Progress(out, schedule.configurations().size());
            ForkSupervisor supervisor = new ForkSupervisor(schedule, limit, watchdog, progress);
            onInterruption(supervisor, schedule, scratch);
            Optional<String> failure = supervisor.run(adapter, paths.crashed());
            return finish(adapter, schedule, supervisor.results(), failure);
        } finally {
            deleteIfEmpty(paths.crashed());
        }
    }

    private void announce(ForkSchedule schedule) {
        int forks = schedule.configurations().size();
        StressEffort effort = profile.effort();
        out.println("Shootdown stress run, profile " + profile.label() + ": "
                + Numbers.counted(plan.tests().size(), "test") + ", " + Numbers.counted(forks, "fork") + " of "
                + effort.iterations() + " × " + effort.iteration().toMillis() + " ms");
        out.println(host.cpu() + ", " + Numbers.counted(host.cpus(), "CPU") + ", memory model " + host.hostModel()
                + ", " + host.jdk());
    }

    private void onInterruption(ForkSupervisor supervisor, ForkSchedule schedule, Path scratch) {
        Thread hook = new Thread(() -> interrupted(supervisor, schedule, scratch), "shootdown-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted(ForkSupervisor supervisor, ForkSchedule schedule, Path scratch) {
        if (!reporting.compareAndSet(false, true)) {
            return;
        }
        try {
            supervisor.stop();
            reportInterruption(schedule, supervisor.results());
            ResultFiles.delete(scratch);
            deleteIfEmpty(paths.crashed());
        } catch (IOException e) {
            out.println("Interrupted, and the reports could not be written: " + e);
        } finally {
            ForkProcesses.endAll(); // One may have been on its way when the others were ended.
        }
    }

    private void reportInterruption(ForkSchedule schedule, List<ConfigurationResult> results) throws IOException {
        String sentence = "The run was interrupted after " + results.size() + " of "
                + Numbers.counted(schedule.configurations().size(), "fork") + ", so there is no verdict.";
        Finding finding = new Finding(Optional.empty(), ExitCode.BROKEN, sentence);
        StressReport report = report(StressReport.Completeness.INTERRUPTED, schedule, results, List.of(finding));
        ResultPaths partial = paths.interrupted();
        write(report, partial);
        out.println(sentence + " What was seen is in " + partial.root() + ".");
    }

    private ExitCode finish(
            JcstressAdapter adapter, ForkSchedule schedule, List<ConfigurationResult> results, Optional<String> failure)
            throws IOException, InterruptedException {
        if (!reporting.compareAndSet(false, true)) {
            Thread.currentThread().join(); // The VM is going down, and the interruption writes the reports.
        }
        List<Finding> findings = new ArrayList<>();
        failure.ifPresent(sentence -> findings.add(new Finding(Optional.empty(), ExitCode.BROKEN, sentence)));
        List<TestObservation> seen = StressReport.observations(plan, schedule, results);
        findings.addAll(Gate.judge(plan.tests(), seen, host.hostModel(), profile.limits()));
        StressReport report = report(StressReport.Completeness.COMPLETE, schedule, results, findings);
        write(report, paths);
        ResultFiles.replaceDirectory(paths.jcstress(), adapter::writeHtml);
        print(report);
        return report.exitCode();
    }

    private StressReport report(
            StressReport.Completeness completeness,
            ForkSchedule schedule,
            List<ConfigurationResult> results,
            List<Finding> findings) {
        Duration elapsed = Duration.between(started, Instant.now());
        List<TestObservation> seen = StressReport.observations(plan, schedule, results);
        return new StressReport(host, profile, started, elapsed, completeness, seen, findings);
    }

    private static void write(StressReport report, ResultPaths to) throws IOException {
        ResultFiles.write(to.verdicts(), VerdictsJson.text(VerdictsJson.document(report)));
        ResultFiles.writeAll(to.junit(), JUnitXml.files(report), ".xml");
        ResultFiles.write(to.summary(), SummaryMarkdown.text(report));
    }

    private void print(StressReport report) {
        out.println();
        VerdictMatrix.lines(report).forEach(out::println);
        out.println();
        report.findings()
                .forEach(finding -> out.println((finding.isNote() ? "note: " : "FAIL: ") + finding.sentence()));
        String outcome = report.exitCode() == ExitCode.AS_EXPECTED ? "As expected" : "Not as expected";
        out.println(outcome + ", in " + Numbers.time(report.elapsed()) + "; reports are in " + paths.root() + ".");
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            if (files.findAny().isEmpty()) {
                Files.delete(directory);
            }
        }
    }
}
