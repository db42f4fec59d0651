package dev.shootdown.bench;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Walkers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The explorer's rates, in a VM that has done nothing else: after hundreds of benchmarks over other words, what harts do is
 * compiled for those, and no longer for the explorer's.
 */
final class ExplorerRates {
    private ExplorerRates() {}

    /** Measures in a VM of their own, and waits for that. */
    static List<ExplorerRate> measure() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExplorerRates.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream rates = process.getInputStream()) {
            return JsonMapper.shared().readValue(rates.readAllBytes(), new TypeReference<>() {});
        } finally {
            process.destroy();
        }
    }

    public static void main(String[] arguments) {
        List<ExplorerRate> rates = new ArrayList<>();
        for (Walkers walker : List.of(Walkers.FAST_GUP, Walkers.HARDWARE)) {
            for (MemoryModel model : MemoryModel.values()) {
                rates.add(ExplorerRate.ofTwoHarts(walker, model));
            }
        }
        rates.add(ExplorerRate.ofFiveHarts());
        System.out.print(JsonMapper.shared().writeValueAsString(rates));
    }
}
