package dev.shootdown.cli;

import dev.shootdown.explore.Bounds;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.report.ExplorationGate;
import dev.shootdown.report.Explorations;
import dev.shootdown.report.ExploreStage;
import dev.shootdown.report.RunReport;
import dev.shootdown.report.RunReport.Completeness;
import dev.shootdown.report.StageListener;
import dev.shootdown.report.WitnessFiles;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Explores races and judges what came out.
 *
 * @param interrupted is told of what had been found when the process is stopped
 */
record ExploreJob(List<Race> races, List<MemoryModel> models, Bounds bounds, Consumer<RunReport> interrupted) {
    RunReport run(WitnessFiles witnesses, StageListener listener) throws InterruptedException {
        Instant started = Instant.now();
        ExploreStage stage = new ExploreStage(races, models, bounds, witnesses, listener);
        try (Interruption _ = Interruption.watch(() -> interrupted.accept(partial(stage, started)))) {
            Explorations explored = stage.run();
            List<Finding> findings = ExplorationGate.judge(races, models, explored);
            return report(started, Completeness.COMPLETE, explored, findings);
        }
    }

    private static RunReport partial(ExploreStage stage, Instant started) {
        Finding finding = Finding.ofRun(
                ExitCode.BROKEN,
                "Interrupted after " + stage.done() + " of " + Numbers.counted(stage.planned(), "exploration")
                        + ", so there is no verdict.");
        return report(started, Completeness.INTERRUPTED, stage.soFar(), List.of(finding));
    }

    private static RunReport report(
            Instant started, Completeness completeness, Explorations explored, List<Finding> findings) {
        Duration elapsed = Duration.between(started, Instant.now());
        return new RunReport(
                HostEnvironment.current(),
                Profile.DEFAULT,
                started,
                elapsed,
                completeness,
                Optional.of(explored),
                Optional.empty(),
                Optional.empty(),
                findings);
    }
}
