package dev.shootdown.stress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a forked JVM is started with, beside the class path.
 *
 * <p>jcstress finds out by experiment which flags a JVM accepts, which takes a dozen JVM starts. Here the JVM is known,
 * so the flags are written down. Of the driver's own arguments, forks get the system properties whose name begins with
 * {@code shootdown.} and nothing else.
 */
final class ForkArguments {
    /** Tells forks apart in the process table. */
    static final String NUMBER = "-Dshootdown.fork=";

    private static final String PROPERTIES = "shootdown.";

    private ForkArguments() {}

    /**
     * The arguments of one fork.
     *
     * @param crashes where the JVM writes its own report if it crashes
     */
    static List<String> of(PlannedConfiguration configuration, StressEffort effort, Path crashes) {
        List<String> arguments = new ArrayList<>();
        arguments.add(NUMBER + configuration.number());
        arguments.addAll(environment(effort, crashes));
        arguments.addAll(ownProperties());
        arguments.addAll(configuration.compileMode().jvmArguments());
        return arguments;
    }

    private static List<String> environment(StressEffort effort, Path crashes) {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions", // The randomised compiler flags and -RestrictContended need it.
                "-XX:-UsePerfData", // No file-backed counters that may stall a thread.
                "-Xms" + effort.heapMegabytes() + "M",
                "-Xmx" + effort.heapMegabytes() + "M",
                "-XX:+UseParallelGC", // Short barriers, no concurrent threads that take an actor's CPU.
                "-XX:ParallelGCThreads=2",
                "-XX:CICompilerCount=2",
                "-XX:-RestrictContended", // jcstress pads its own shared words.
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", // For jcstress and JNA; this project does not use it.
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + crashes.toAbsolutePath().resolve("hs_err_pid%p.log"));
    }

    private static List<String> ownProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROPERTIES))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }
}
