package dev.shootdown.stress;

import dev.shootdown.race.MemoryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine a run ran on.
 *
 * @param cpu the processor's own name for itself, or its architecture
 * @param cpus how many of them the run could use
 * @param jdk vendor and version of the Java runtime
 * @param os name and version of the operating system
 * @param hostModel the memory model the processor promises
 */
public record HostEnvironment(String cpu, int cpus, String jdk, String os, MemoryModel hostModel) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final List<String> NAME_KEYS = List.of("model name", "uarch", "cpu model", "cpu", "Model", "isa");

    /** {@return the machine that this VM runs on} */
    public static HostEnvironment current() {
        String architecture = property("os.arch");
        return new HostEnvironment(
                cpuName(cpuInfo()).orElse(architecture),
                Runtime.getRuntime().availableProcessors(),
                property("java.vendor") + " " + property("java.runtime.version"),
                property("os.name") + " " + property("os.version"),
                MemoryModel.ofArchitecture(architecture));
    }

    /** The processor's name in the lines of {@code /proc/cpuinfo}, whose keys differ by architecture. */
    static Optional<String> cpuName(List<String> cpuInfo) {
        return NAME_KEYS.stream()
                .flatMap(key -> cpuInfo.stream().flatMap(line -> value(key, line)))
                .findFirst();
    }

    private static Stream<String> value(String key, String line) {
        int colon = line.indexOf(':');
        boolean matches = colon > 0 && line.substring(0, colon).strip().equals(key);
        return matches ? Stream.of(line.substring(colon + 1).strip()) : Stream.empty();
    }

    private static List<String> cpuInfo() {
        try {
            return Files.readAllLines(CPUINFO);
        } catch (IOException e) {
            return List.of(); // Not Linux: the architecture's name has to do.
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** {@return all of it by name, in the order in which it is to be read} */
    public List<Map.Entry<String, String>> entries() {
        return List.of(
                Map.entry("CPU", cpu + " (" + cpus + ")"),
                Map.entry("Memory model", hostModel.name()),
                Map.entry("JDK", jdk),
                Map.entry("OS", os));
    }
}
