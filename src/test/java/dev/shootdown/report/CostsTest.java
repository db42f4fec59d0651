package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.report.Costs.Cost;
import dev.shootdown.report.VerdictsDocument.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CostsTest {
    private static final Cost TWO =
            new Cost("REMOVE_PAGE", "S_MODE_IPI", 2, true, 10, 2.0, 0.0, 0.5, 3_000, 3_010, 90, 60);
    private static final Cost ONE =
            new Cost("REMOVE_PAGE", "S_MODE_IPI", 1, false, 20, 1.0, 0.0, 0.25, 1_500, 1_500, 75, 50);
    private static final Costs COSTS = new Costs(
            new Environment("CPU", 2, "JDK", "OS", MemoryModel.TSO),
            Instant.parse("2025-06-01T12:00:00Z"),
            List.of(TWO, ONE));

    private Path file;

    @BeforeEach
    void nameAFile(@TempDir Path directory) {
        file = directory.resolve(Costs.FILE);
    }

    @Test
    void areReadFromAmongOtherBenchmarks() throws IOException {
        Files.writeString(
                file,
                JsonMapper.shared().writeValueAsString(Map.of("schema", 1, "benchmarks", List.of(), "costs", COSTS)));
        assertEquals(Optional.of(COSTS), Costs.read(file));
    }

    @Test
    void aCellHasAnEntryForEachNumberOfWalkers() {
        assertEquals(List.of(ONE, TWO), COSTS.of("REMOVE_PAGE", "S_MODE_IPI"));
        assertEquals(List.of(), COSTS.of("REMOVE_PAGE", "SBI_RFENCE"));
        assertEquals(1.5, ONE.slowdown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"costs\": 7}", "{\"costs\": {\"cells\": []}}"})
    void whatCannotBeReadIsNotThere(String text) throws IOException {
        Files.writeString(file, text);
        assertEquals(Optional.empty(), Costs.read(file));
    }

    @Test
    void withoutAFileThereAreNone() {
        assertEquals(Optional.empty(), Costs.read(file));
    }
}
