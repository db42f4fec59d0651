package com.example.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.junit.RaceEngine;
import dev.shootdown.junit.RaceTest;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTest {
    static final Race FREE_WITH_MEMORY = Races.FREE_WITH_MEMORY;
    static final Race WAIT_WITHOUT_MEMORY = Races.WAIT_WITHOUT_MEMORY;
    static final Race TWIN = Races.TWIN;

    @RaceTest({"FREE_WITH_MEMORY", "WAIT_WITHOUT_MEMORY", "TWIN"})
    void explored() {}

    @RaceTest(
            value = {"WAIT_WITHOUT_MEMORY", "TWIN"},
            engines = RaceEngine.STRESS,
            stressMillis = 1000)
    void stressed() {}

    /** {@code @RaceTest("FREE_WITHOUT_MEMORY")} would fail, with the message that README.md shows. */
    @Test
    void whatTheReadmeShowsIsTheMessage() throws IOException {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> Races.FREE_WITHOUT_MEMORY.assertSafe(MemoryModel.SC));
        String shown =
                Files.readString(Path.of("README.md")).split("```text\n")[1].split("```")[0];
        assertEquals(stripped(failure.getMessage()), stripped(shown));
    }

    private static List<String> stripped(String text) {
        return text.strip().lines().map(String::stripTrailing).toList();
    }
}
