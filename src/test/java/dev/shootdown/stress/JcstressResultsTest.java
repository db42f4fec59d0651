package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.memory.WaitExpired;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

class JcstressResultsTest {
    private static ConfigurationResult converted(TestResult result) {
        CompileMode mode = new CompileMode("C2", List.of(), List.of());
        return JcstressResults.converted(
                result, new PlannedConfiguration(1, Runs.safe(), mode, "", PlannedConfiguration.CpuShare.OWN));
    }

    @ParameterizedTest
    @CsvSource({
        "NORMAL, COMPLETED",
        "TIMEOUT_ERROR, HUNG",
        "VM_ERROR, CRASHED",
        "TEST_ERROR, ERROR",
        "CHECK_TEST_ERROR, ERROR",
        "API_MISMATCH, ERROR"
    })
    void everyStatusHasAMeaning(Status status, ForkStatus expected) {
        assertEquals(expected, converted(new TestResult(status)).status());
    }

    @Test
    void aNormalResultHasOutcomesAndStatistics() {
        TestResult result = new TestResult(Status.NORMAL);
        result.addState("PINNED", 30);
        result.addState("RETRY", 12);
        result.addVMOuts(List.of("shootdown-statistics samples=50 contended=40"));
        ConfigurationResult converted = converted(result);
        assertAll(
                () -> assertEquals(Map.of("PINNED", 30L, "RETRY", 12L), converted.outcomes()),
                () -> assertEquals(42, converted.samples()),
                () -> assertEquals(Optional.of(40L), converted.statistics().map(ForkStatistics::contended)),
                () -> assertEquals(List.of(), converted.messages()));
    }

    @Test
    void aWaitThatGaveUpIsAHang() {
        TestResult result = new TestResult(Status.TEST_ERROR);
        result.addMessage("Unrecoverable error while running");
        result.addMessages(new WaitExpired("waited 10000 ms for hart 1"));
        ConfigurationResult converted = converted(result);
        assertAll(
                () -> assertEquals(ForkStatus.HUNG, converted.status()),
                () -> assertEquals(
                        Optional.of(
                                "Unrecoverable error while running: dev.shootdown.memory.WaitExpired: waited 10000 ms"
                                        + " for hart 1"),
                        converted.firstMessage()));
    }

    @Test
    void aCrashSaysWhatTheJvmSaid() {
        TestResult result = new TestResult(Status.VM_ERROR);
        result.addMessage("Failed with error code 1");
        result.addVMOuts(List.of("#", "# A fatal error has been detected", "#", "#  SIGSEGV (0xb)"));
        assertEquals(
                List.of("Failed with error code 1: A fatal error has been detected", "SIGSEGV (0xb)"),
                converted(result).messages());
    }

    @Test
    void unreadableStatisticsAreNoStatistics() {
        TestResult result = new TestResult(Status.NORMAL);
        result.addVMOuts(List.of("shootdown-statistics samples"));
        ConfigurationResult converted = converted(result);
        assertAll(
                () -> assertEquals(Optional.empty(), converted.statistics()),
                () -> assertEquals(
                        Optional.of("'samples' is not key=value, in: shootdown-statistics samples"),
                        converted.firstMessage()));
    }
}
