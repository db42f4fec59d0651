package dev.shootdown.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The forked JVMs that are running, as the operating system sees them. Only descendants of this process that carry a
 * fork's number on their command line are ever looked at, so nothing else can be ended by mistake.
 */
final class ForkProcesses {
    private ForkProcesses() {}

    /** The process of the fork with this number, if it runs. */
    static Optional<ProcessHandle> numbered(int number) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process).anyMatch((ForkArguments.NUMBER + number)::equals))
                .findFirst();
    }

    /** Ends every fork that runs, at once. */
    static void endAll() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process).anyMatch(word -> word.startsWith(ForkArguments.NUMBER)))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * The words of a command line. The process handle cuts them off after a page, which a class path alone can fill; so
     * where there is a proc file system, they are read from there.
     */
    private static Stream<String> arguments(ProcessHandle process) {
        try {
            Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Stream.of(Files.readString(commandLine).split("\0", -1));
        } catch (IOException e) {
            return process.info().arguments().map(List::of).orElse(List.of()).stream(); // No such file system.
        }
    }
}
