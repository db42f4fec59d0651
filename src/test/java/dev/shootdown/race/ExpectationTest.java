package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    @ParameterizedTest
    @CsvSource({
        "SC, SC, true", "SC, TSO, true", "SC, WEAK, true",
        "TSO, SC, false", "TSO, TSO, true", "TSO, WEAK, true",
        "WEAK, SC, false", "WEAK, TSO, false", "WEAK, WEAK, true",
        "NEVER, SC, false", "NEVER, TSO, false", "NEVER, WEAK, false"
    })
    void aRaceFailsUnderItsModelAndEveryWeakerOne(FailsFrom failsFrom, MemoryModel model, boolean fails) {
        assertEquals(fails, failsFrom.failsUnder(model));
    }

    @ParameterizedTest
    @CsvSource({"amd64, TSO", "x86_64, TSO", "X86, TSO", "aarch64, WEAK", "riscv64, WEAK", "ppc64le, WEAK", "new, WEAK"
    })
    void aHostHasTheModelOfItsArchitecture(String architecture, MemoryModel model) {
        assertEquals(model, MemoryModel.ofArchitecture(architecture));
    }

    @Test
    void aDescriptionMustNotContradictItself() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> description(Verdict.SAFE, FailsFrom.TSO));
        assertEquals("race r/1 is expected to be SAFE, but failing from TSO means UNSAFE", thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> description(Verdict.INCONCLUSIVE, FailsFrom.NEVER));
    }

    @Test
    void aDescriptionKeepsItsConditions() {
        RaceDescription description = description(Verdict.SAFE, FailsFrom.NEVER);
        assertAll(
                () -> assertEquals(Map.of("shape", "COMPACT"), description.conditions()),
                () -> assertThrows(
                        UnsupportedOperationException.class,
                        () -> description.conditions().put("a", "b")));
    }

    private static RaceDescription description(Verdict expected, FailsFrom failsFrom) {
        return new RaceDescription(
                "r/1", "W", "M", "S", "F", "SV39", Map.of("shape", "COMPACT"), expected, failsFrom, "why", "source");
    }
}
