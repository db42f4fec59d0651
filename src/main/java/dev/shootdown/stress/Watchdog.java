package dev.shootdown.stress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends forks that run far past their time, from outside: a fork whose actors wait for each other for ever cannot end
 * itself. Before it ends one it takes a thread dump.
 *
 * <p>It acts on processes only. That the ended fork's result arrives, and says so, is up to whoever runs the forks.
 */
final class Watchdog implements AutoCloseable {
    private static final long SCAN_MILLIS = 250;

    private final Duration limit;
    private final Path dumps;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();
    private final Map<Integer, Ended> ended = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("shootdown-watchdog").unstarted(this::watch);

    /** A fork and when it was started, on the nanosecond clock. */
    private record Running(PlannedConfiguration configuration, long startedNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }
    }

    /**
     * What is left of a fork that had to be ended.
     *
     * @param age how long it had run
     * @param threadDump its threads' stacks, if it could still tell
     */
    record Ended(Duration age, Optional<Path> threadDump) {}

    /**
     * A watchdog that watches nothing yet.
     *
     * @param limit the age at which a fork is ended
     * @param dumps the directory for thread dumps
     */
    Watchdog(Duration limit, Path dumps) {
        this.limit = limit;
        this.dumps = dumps;
    }

    /** Begins to watch. */
    Watchdog start() {
        thread.start();
        return this;
    }

    /** A fork is being started. */
    void started(PlannedConfiguration configuration) {
        running.put(configuration.number(), new Running(configuration, System.nanoTime()));
    }

    /** A fork's process is gone; tells what became of it if the watchdog ended it. */
    Optional<Ended> finished(PlannedConfiguration configuration) {
        running.remove(configuration.number());
        return Optional.ofNullable(ended.remove(configuration.number()));
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(SCAN_MILLIS);
                running.values().stream()
                        .filter(fork -> fork.age().compareTo(limit) > 0)
                        .forEach(this::end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    private void end(Running fork) {
        int number = fork.configuration().number();
        ForkProcesses.numbered(number).ifPresent(process -> {
            ended.computeIfAbsent(number, key -> new Ended(fork.age(), ThreadDump.of(process, file(fork, process))));
            process.destroyForcibly();
        });
    }

    private Path file(Running fork, ProcessHandle process) {
        String name = fork.configuration().label() + " pid " + process.pid();
        return dumps.resolve(name.replaceAll("[^A-Za-z0-9_.-]+", "-") + ".txt");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
