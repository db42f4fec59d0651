package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class WatchdogTest {
    private static final String SLEEPER = """
        public class Sleeper {
            public static void main(String[] arguments) throws Exception {
                Thread.sleep(600_000);
            }
        }
        """;

    private static PlannedConfiguration fork(int number) {
        CompileMode mode = new CompileMode("C2", List.of(), List.of());
        return new PlannedConfiguration(number, Runs.safe(), mode, "", PlannedConfiguration.CpuShare.OWN);
    }

    /** A JVM that carries a fork's number and sleeps. */
    private static Process sleeper(int number, Path directory) throws IOException {
        Path source = Files.writeString(directory.resolve("Sleeper.java"), SLEEPER);
        Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
        return new ProcessBuilder(java.toString(), ForkArguments.NUMBER + number, source.toString()).start();
    }

    @Test
    void aForkThatRunsTooLongIsDumpedAndEnded(@TempDir Path directory) throws Exception {
        Process process = sleeper(990_001, directory);
        try (Watchdog watchdog = new Watchdog(Duration.ofSeconds(2), directory.resolve("hung")).start()) {
            watchdog.started(fork(990_001));
            assertTrue(process.waitFor(40, TimeUnit.SECONDS), "the watchdog did not end the fork");
            Watchdog.Ended ended = watchdog.finished(fork(990_001)).orElseThrow();
            String dump = Files.readString(ended.threadDump().orElseThrow());
            assertAll(
                    () -> assertNotEquals(0, process.exitValue()),
                    () -> assertTrue(ended.age().compareTo(Duration.ofSeconds(2)) > 0),
                    () -> assertTrue(dump.contains("Full thread dump"), dump));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aForkThatEndsInTimeIsLeftAlone(@TempDir Path directory) throws Exception {
        Process process = sleeper(990_002, directory);
        try (Watchdog watchdog = new Watchdog(Duration.ofMillis(500), directory.resolve("hung")).start()) {
            watchdog.started(fork(990_002));
            assertEquals(Optional.empty(), watchdog.finished(fork(990_002)));
            assertTrue(
                    !process.waitFor(1_500, TimeUnit.MILLISECONDS), "a fork was ended that had been reported finished");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void onlyItsOwnForksAreEverEnded(@TempDir Path directory) throws Exception {
        Process process = sleeper(990_003, directory);
        try {
            assertEquals(Optional.empty(), ForkProcesses.numbered(99_000));
            assertEquals(
                    Optional.of(process.pid()), ForkProcesses.numbered(990_003).map(ProcessHandle::pid));
        } finally {
            process.destroyForcibly();
        }
    }
}
