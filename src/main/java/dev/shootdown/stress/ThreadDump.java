package dev.shootdown.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The stacks of all threads of another JVM, taken with the {@code jcmd} of the JDK that this JVM runs on. */
final class ThreadDump {
    /** A JVM whose threads do not reach a safepoint cannot answer; then there is no dump. */
    private static final long SECONDS_TO_ANSWER = 10;

    private ThreadDump() {}

    /**
     * Takes the dump.
     *
     * @return the file, or empty if the JVM did not answer in time
     */
    static Optional<Path> of(ProcessHandle process, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Process jcmd = new ProcessBuilder(command(process))
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            return answered(jcmd) ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // A runtime without tools, or a full disk: the hang itself is still reported.
        }
    }

    private static List<String> command(ProcessHandle process) {
        Path jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
        return List.of(jcmd.toString(), Long.toString(process.pid()), "Thread.print", "-l");
    }

    private static boolean answered(Process jcmd) {
        try {
            return jcmd.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS) && jcmd.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            jcmd.destroyForcibly();
        }
    }
}
