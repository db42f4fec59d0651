package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Walkers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanningPartsTest {
    @ParameterizedTest
    @CsvSource({
        "NEVER, TSO, SAFE",
        "NEVER, WEAK, SAFE",
        "SC, TSO, UNSAFE",
        "TSO, TSO, UNSAFE",
        "WEAK, TSO, NOT_OBSERVABLE",
        "WEAK, WEAK, UNSAFE",
        "TSO, SC, NOT_OBSERVABLE"
    })
    void whatAHostHasToShow(FailsFrom failsFrom, MemoryModel host, StressExpectation expected) {
        assertEquals(expected, StressExpectation.of(failsFrom, host));
    }

    @Test
    void theDefaultProfileHasInterpreterAndBothCompilers() {
        assertEquals(
                List.of("INT", "C1", "C2"),
                Profile.DEFAULT.compileModes(2).stream().map(CompileMode::label).toList());
    }

    @Test
    void whatATestLeavesToThoroughRunsOnlyThoseTake() {
        PlannedTest optimised = new PlannedTest(
                Runs.safe().listed(), Runs.SAFE, StressRace.inC2(Race.of(Walkers.FAST_GUP)), Optional.empty());
        assertEquals(
                List.of("C2"),
                Profile.DEFAULT.compileModes(optimised).stream()
                        .map(CompileMode::label)
                        .toList());
        assertEquals(Profile.THOROUGH.compileModes(2), Profile.THOROUGH.compileModes(optimised));
    }

    @Test
    void splitModesAreAllMixtures() {
        assertEquals(
                List.of(
                        "SPLIT[INT, C1]",
                        "SPLIT[INT, C2]",
                        "SPLIT[C1, INT]",
                        "SPLIT[C1, C2]",
                        "SPLIT[C2, INT]",
                        "SPLIT[C2, C1]"),
                Compilation.SPLIT.modesFor(2).stream().map(CompileMode::label).toList());
        assertEquals(24, Compilation.SPLIT.modesFor(3).size());
    }

    @Test
    void aForkIsToldItsNumberItsHeapAndItsCompiler() {
        CompileMode interpreter = Compilation.INTERPRETER.modesFor(2).getFirst();
        PlannedConfiguration configuration =
                new PlannedConfiguration(17, Runs.safe(), interpreter, "", PlannedConfiguration.CpuShare.OWN);
        List<String> arguments = ForkArguments.of(configuration, Profile.SMOKE.effort(), Path.of("/crashes"));
        assertTrue(arguments.containsAll(
                List.of("-Dshootdown.fork=17", "-Xmx256M", "-Xint", "-XX:ErrorFile=/crashes/hs_err_pid%p.log")));
    }

    @ParameterizedTest
    @CsvSource({"model name\t: AMD EPYC, AMD EPYC", "uarch : sifive u74, sifive u74", "isa : rv64gc, rv64gc"})
    void theProcessorIsNamedUnderDifferentKeys(String line, String name) {
        assertEquals(Optional.of(name), HostEnvironment.cpuName(List.of("processor\t: 0", "", line)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "98.6, 99",
        "4.25, 4.3",
        "9999, 9999",
        "12345, 12 K",
        "1234567, 1.2 M",
        "45600000, 46 M",
        "3e9, 3 G"
    })
    void numbersAreShort(double number, String text) {
        assertEquals(text, Numbers.compact(number));
    }

    @Test
    void whatTheServerCompilerCompilesIsMeasuredLongEnough() {
        StressEffort brief = Profile.DEFAULT.effort();
        Duration server = Compilation.C2.modesFor(2).getFirst().leastIteration();
        Duration client = Compilation.C1.modesFor(2).getFirst().leastIteration();
        assertEquals(Duration.ofMillis(500), brief.ofAtLeast(server).iteration());
        assertEquals(brief, brief.ofAtLeast(client));
        assertEquals(Profile.THOROUGH.effort(), Profile.THOROUGH.effort().ofAtLeast(server));
    }

    @Test
    void timesAreWholeSeconds() {
        assertEquals("45 s", Numbers.time(Duration.ofMillis(44_700)));
        assertEquals("2 min 10 s", Numbers.time(Duration.ofSeconds(130)));
    }
}
