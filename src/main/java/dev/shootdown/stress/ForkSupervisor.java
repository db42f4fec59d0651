package dev.shootdown.stress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees all forks of a run through to their end, whatever they do, and keeps what they bring back.
 *
 * <p>Two things bound the run. Each fork is bounded by the {@link Watchdog}. And the harness around them is bounded by
 * its own silence: if nothing starts or ends for longer than any fork may take, it is given up.
 */
final class ForkSupervisor implements ForkListener {
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final ForkSchedule schedule;
    private final Duration silenceLimit;
    private final Watchdog watchdog;
    private final Progress progress;
    private final List<ConfigurationResult> results = new ArrayList<>();
    private volatile long lastEventNanos = System.nanoTime();
    private volatile Phase phase = Phase.RUNNING;

    private enum Phase {
        RUNNING,
        STOPPED
    }

    /**
     * @param schedule the forks
     * @param limit how long a fork may take
     * @param watchdog ends those that take longer
     * @param progress tells the user
     */
    ForkSupervisor(ForkSchedule schedule, Duration limit, Watchdog watchdog, Progress progress) {
        this.schedule = schedule;
        this.silenceLimit = limit.plus(SLACK);
        this.watchdog = watchdog;
        this.progress = progress;
    }

    /**
     * Runs all forks.
     *
     * @param crashes where crash reports of JVMs go
     * @return why the run was given up before its end, if it was
     */
    Optional<String> run(JcstressAdapter adapter, Path crashes) throws InterruptedException {
        FutureTask<String> task = new FutureTask<>(() -> {
            adapter.run(schedule, crashes, this);
            return "";
        });
        Thread.ofPlatform().daemon().name("shootdown-forks").start(task);
        Optional<String> failure = await(task);
        stop();
        return failure;
    }

    private Optional<String> await(FutureTask<?> task) throws InterruptedException {
        try {
            boolean ended = false;
            while (!ended && silence().compareTo(silenceLimit) < 0) {
                ended = endsWithinASecond(task);
            }
            String silent = "The run was given up: no fork started or ended for " + Numbers.time(silenceLimit) + ".";
            return ended ? Optional.empty() : Optional.of(silent);
        } catch (ExecutionException e) {
            return Optional.of("The run broke off: " + e.getCause() + ".");
        }
    }

    private static boolean endsWithinASecond(FutureTask<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastEventNanos);
    }

    /** Ends all forks, starts no more, and takes no more results. */
    void stop() {
        synchronized (results) {
            phase = Phase.STOPPED;
        }
        ForkProcesses.endAll();
    }

    /** What has been brought back so far. */
    List<ConfigurationResult> results() {
        synchronized (results) {
            return List.copyOf(results);
        }
    }

    @Override
    public void started(PlannedConfiguration configuration) {
        while (phase == Phase.STOPPED) {
            LockSupport.park(this); // Called right before a fork starts: none may start any more.
        }
        lastEventNanos = System.nanoTime();
        watchdog.started(configuration);
    }

    @Override
    public void finished(ConfigurationResult result) {
        lastEventNanos = System.nanoTime();
        Optional<Watchdog.Ended> ended = watchdog.finished(result.configuration());
        ConfigurationResult known = ended.map(end -> hung(result, end)).orElse(result);
        synchronized (results) {
            if (phase == Phase.RUNNING) {
                results.add(known);
                progress.finished(known);
            }
        }
    }

    private static ConfigurationResult hung(ConfigurationResult result, Watchdog.Ended end) {
        List<String> messages = new ArrayList<>(result.messages());
        messages.addFirst("it did not end by itself and was ended after " + Numbers.time(end.age()));
        return new ConfigurationResult(
                result.configuration(),
                ForkStatus.HUNG,
                result.outcomes(),
                result.statistics(),
                messages,
                end.threadDump());
    }
}
