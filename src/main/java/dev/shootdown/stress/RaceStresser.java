package dev.shootdown.stress;

import dev.shootdown.race.Race;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.StressingEngine;
import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.time.Duration;

/** Stresses races in this VM, on plain threads, as {@link Race#stress} knows it. */
public final class RaceStresser implements StressingEngine {
    /** Longer than any wait of an actor, and than a batch whose actors never meet. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Duration patience;

    /** Gives a run up that has not got on for half a minute. */
    public RaceStresser() {
        this(PATIENCE);
    }

    RaceStresser(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Stressed stress(Race race, Duration duration) {
        // A test's VM pins no thread, and seldom has the machine for itself.
        StressRig rig = new StressRig(race, Meeting.chosen(), CpuShare.OVERSUBSCRIBED);
        InProcessRun run = new InProcessRun(rig, patience);
        run.perform(duration);
        return InProcessGate.judge(rig, run.outcomes());
    }
}
