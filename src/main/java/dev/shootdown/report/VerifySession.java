package dev.shootdown.report;

import dev.shootdown.explore.Bounds;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.RunReport.Completeness;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.Profile;
import dev.shootdown.stress.RaceStresser;
import dev.shootdown.stress.StressDirectories;
import dev.shootdown.stress.StressPlan;
import dev.shootdown.stress.StressRun;
import dev.shootdown.stress.StressSession;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run from the plan to the results: exploration, stress by jcstress and in this VM, the gates.
 *
 * <p>What exploration found is written down before the stress run begins, and replaced when that is over. A run that is
 * interrupted (Ctrl-C, or a build server's SIGTERM) ends its forks and writes what it has seen by then into a directory of
 * its own.
 */
final class VerifySession {
    private static final List<MemoryModel> MODELS = List.of(MemoryModel.values());

    private final RunPlan plan;

    private final Profile profile;
    private final Engines engines;
    private final ResultPaths paths;
    private final WitnessFiles witnesses;
    private final PrintStream out;
    private final ExploreStage exploring;
    private final HostEnvironment host = HostEnvironment.current();
    private final Instant started = Instant.now();
    /** Whoever sets it first, the run that has ended or the interruption, writes the results. */
    private final AtomicBoolean reporting = new AtomicBoolean();

    private volatile @Nullable StressSession stressing;
    private final CellStage cells;

    /**
     * @param plan what to do
     * @param line what the user asked for
     * @param witnesses where failing executions are written down
     * @param out where progress and the verdicts go
     */
    VerifySession(RunPlan plan, CommandLine line, WitnessFiles witnesses, PrintStream out) {
        this.plan = plan;
        this.profile = line.profile();
        this.engines = line.engines();
        this.paths = new ResultPaths(line.results());
        this.witnesses = witnesses;
        this.out = out;
        ExploreProgress progress = new ExploreProgress(out, ExploreProgress.Screen.current(), InstantSource.system());
        this.exploring = new ExploreStage(plan.races(), MODELS, Bounds.DEFAULT, witnesses, progress);
        this.cells = new CellStage(
                plan.cells(),
                profile.perUntestedRace().orElse(Duration.ofMillis(1)),
                new RaceStresser(),
                out,
                InstantSource.system());
    }

    /** Runs everything and writes the results. */
    ExitCode run() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("shootdown-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(scratch), "shootdown-interruption"));
        try {
            announce();
            List<Finding> findings = new ArrayList<>(explore());
            Optional<StressRun> stressed = Optional.empty();
            if (plan.stress().isPresent()) {
                stressed = stress(plan.stress().get(), scratch, findings);
            }
            if (!plan.cells().isEmpty()) {
                findings.addAll(stressCells(stressed));
            }
            return finish(stressed, findings);
        } finally {
            ResultFiles.delete(scratch);
        }
    }

    private void announce() {
        out.println("Shootdown on " + host.cpu() + ", " + Numbers.counted(host.cpus(), "CPU") + ", memory model "
                + host.hostModel() + ", " + host.jdk());
    }

    /** An exploration that breaks off is a finding, and no reason not to stress. */
    private List<Finding> explore() throws IOException, InterruptedException {
        if (!engines.explore()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(explored());
        findings.addAll(drawn());
        if (engines.stress()) {
            RunReport report = report(Completeness.EXPLORED, Optional.empty(), findings);
            ResultWriter.write(VerdictsJson.document(report), paths);
        }
        return findings;
    }

    /** What an exploration that broke off has left undrawn; nothing else is left by then. */
    private List<Finding> drawn() {
        try {
            witnesses.complete();
            return List.of();
        } catch (UncheckedIOException e) {
            return List.of(Finding.ofRun(ExitCode.BROKEN, "Timelines cannot be written: " + e.getCause() + "."));
        }
    }

    private List<Finding> explored() throws InterruptedException {
        try {
            return ExplorationGate.judge(plan.races(), MODELS, exploring.run());
        } catch (RuntimeException e) {
            return List.of(Finding.ofRun(ExitCode.BROKEN, "Exploration broke off: " + e + "."));
        }
    }

    /** A stress run that breaks off brings back what it has seen, and a finding. */
    private Optional<StressRun> stress(StressPlan tests, Path scratch, List<Finding> findings)
            throws InterruptedException {
        try {
            Files.createDirectories(paths.crashed());
            StressDirectories directories = new StressDirectories(scratch, paths.crashed(), paths.hung());
            StressSession session = new StressSession(tests, profile, host, directories, out);
            stressing = session;
            StressRun run = session.run();
            findings.addAll(run.findings());
            findings.addAll(agreement(run));
            return Optional.of(run);
        } catch (IOException | RuntimeException e) {
            findings.add(Finding.ofRun(ExitCode.BROKEN, "The stress run broke off: " + e + "."));
            return Optional.ofNullable(stressing).map(StressSession::stop);
        }
    }

    /** Last of all: a VM that has explored and stressed is warm, and nothing else runs. */
    private List<Finding> stressCells(Optional<StressRun> tests) {
        CellRun run = cells.run();
        RunReport soFar = report(Completeness.COMPLETE, tests, List.of());
        List<Finding> findings = new ArrayList<>(new CellGate(run, soFar.failedTests(), host.hostModel()).judge());
        if (engines.explore()) {
            findings.addAll(Agreement.judgeCells(exploring.soFar(), run.seen(), host));
        }
        return findings;
    }

    private List<Finding> agreement(StressRun run) {
        return engines.explore() ? Agreement.judge(exploring.soFar(), run.observations(), host) : List.of();
    }

    private ExitCode finish(Optional<StressRun> stressed, List<Finding> findings)
            throws IOException, InterruptedException {
        if (!reporting.compareAndSet(false, true)) {
            Thread.currentThread().join(); // The VM is going down, and the interruption writes the results.
        }
        RunReport report = report(Completeness.COMPLETE, stressed, findings);
        VerdictsDocument document = VerdictsJson.document(report);
        ResultWriter.writeData(document, paths);
        StressSession session = stressing;
        if (session != null) {
            ResultFiles.replaceDirectory(paths.jcstress(), session::writeHtml);
        }
        ResultWriter.writePages(document, paths);
        deleteIfEmpty(paths.crashed());
        new ClosingWords(report, paths.root()).print(out);
        return report.exitCode();
    }

    private void interrupted(Path scratch) {
        if (!reporting.compareAndSet(false, true)) {
            return;
        }
        Optional<StressSession> session = Optional.ofNullable(stressing);
        try {
            reportInterruption(session, session.map(StressSession::stop));
            ResultFiles.delete(scratch);
            deleteIfEmpty(paths.crashed());
        } catch (IOException | UncheckedIOException e) {
            out.println("Interrupted, and not all of the results could be written: " + e);
        } finally {
            session.ifPresent(StressSession::stop); // A fork may have been on its way when the others were ended.
        }
    }

    private void reportInterruption(Optional<StressSession> session, Optional<StressRun> stressed) throws IOException {
        String after = session.map(this::stressedSoFar)
                .orElseGet(() -> exploring.done() + " of " + Numbers.counted(exploring.planned(), "exploration"));
        String sentence = "The run was interrupted after " + after + ", so there is no verdict.";
        Finding finding = Finding.ofRun(ExitCode.BROKEN, sentence);
        ResultPaths partial = paths.interrupted();
        RunReport report = report(Completeness.INTERRUPTED, stressed, List.of(finding));
        VerdictsDocument document = VerdictsJson.document(report);
        ResultWriter.writeData(document, partial);
        witnesses.complete(); // The pages link timelines that are there.
        ResultWriter.writePages(document, partial);
        out.println(sentence + " What was seen is in " + partial.root() + ".");
    }

    private String stressedSoFar(StressSession session) {
        String forks = session.forksEnded() + " of " + Numbers.counted(session.forks(), "fork");
        return cells.done() == 0
                ? forks
                : forks + " and " + cells.done() + " of " + Numbers.counted(cells.planned(), "race") + " in this VM";
    }

    private RunReport report(Completeness completeness, Optional<StressRun> stressed, List<Finding> findings) {
        Optional<Explorations> explored = engines.explore() ? Optional.of(exploring.soFar()) : Optional.empty();
        Optional<CellRun> cellRun = cells.planned() == 0 ? Optional.empty() : Optional.of(cells.soFar());
        Duration elapsed = Duration.between(started, Instant.now());
        return new RunReport(host, profile, started, elapsed, completeness, explored, stressed, cellRun, findings);
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.list(directory)) {
            if (files.findAny().isEmpty()) {
                Files.delete(directory);
            }
        }
    }
}
