package dev.shootdown.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One stress run from the plan to the gate. It writes no results, and may be stopped by another thread. */
public final class StressSession {
    private final StressPlan plan;
    private final Profile profile;
    private final StressDirectories directories;
    private final PrintStream out;
    private final HostEnvironment host;
    private final JcstressAdapter adapter;
    private final ForkSchedule schedule;
    private final Watchdog watchdog;
    private final ForkSupervisor supervisor;

    /**
     * Finds out what this host can do, which takes a second, and decides which forks there will be.
     *
     * @param plan the tests to run
     * @param profile how much work to do
     * @param host the machine
     * @param directories where files go
     * @param out where progress goes
     */
    public StressSession(
            StressPlan plan, Profile profile, HostEnvironment host, StressDirectories directories, PrintStream out) {
        this.plan = plan;
        this.profile = profile;
        this.directories = directories;
        this.out = out;
        this.host = host;
        Duration limit = profile.effort().times(longest(plan)).limit();
        this.adapter = new JcstressAdapter(plan.tests(), profile.effort(), directories.scratch());
        this.schedule = adapter.schedule(plan.tests(), profile);
        this.watchdog = new Watchdog(limit, directories.hung());
        this.supervisor = new ForkSupervisor(schedule, limit, watchdog, new Progress(out, forks()));
    }

    private static int longest(StressPlan plan) {
        return plan.tests().stream()
                .mapToInt(test -> test.claim().patience())
                .max()
                .orElse(1);
    }

    /** {@return how many forks there will be} */
    public int forks() {
        return schedule.configurations().size();
    }

    /** {@return how many forks have ended} */
    public int forksEnded() {
        return supervisor.results().size();
    }

    /**
     * Runs everything, once, and judges it.
     *
     * @return what was seen, with the gate's findings
     * @throws InterruptedException if the thread is interrupted; forks go on until {@link #stop}
     */
    public StressRun run() throws InterruptedException {
        announce();
        try (watchdog) {
            watchdog.start();
            Optional<String> failure = supervisor.run(adapter, directories.crashed());
            return judged(failure);
        }
    }

    private void announce() {
        StressEffort effort = profile.effort();
        out.println("Stress run, profile " + profile.label() + ": "
                + Numbers.counted(plan.tests().size(), "test") + ", " + Numbers.counted(forks(), "fork") + " of "
                + effort.iterations() + " × " + effort.iteration().toMillis() + " ms");
    }

    private StressRun judged(Optional<String> failure) {
        List<Finding> findings = new ArrayList<>();
        failure.ifPresent(sentence -> findings.add(Finding.ofRun(ExitCode.BROKEN, sentence)));
        List<TestObservation> seen = seen();
        findings.addAll(Gate.judge(plan.tests(), seen, host.hostModel(), profile.limits()));
        return new StressRun(seen, findings);
    }

    private List<TestObservation> seen() {
        return StressRun.observations(plan, schedule, supervisor.results());
    }

    /**
     * Ends all forks and starts no more.
     *
     * @return what had been seen by then, unjudged
     */
    public StressRun stop() {
        supervisor.stop();
        return new StressRun(seen(), List.of());
    }

    /**
     * Writes jcstress's own report on what has been run.
     *
     * @param directory for its pages
     * @throws IOException if they cannot be written
     */
    public void writeHtml(Path directory) throws IOException {
        adapter.writeHtml(directory);
    }
}
