package dev.shootdown.bench;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.Costs.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmark for a moment: what it counts, and that it measures something. */
@Tag("slow")
class CostBenchmarkTest {
    private static List<Cost> measure(Freeings freeing, Shootdowns shootdown) throws RunnerException {
        Map<String, String> choice = Map.of("freeing", freeing.name(), "shootdown", shootdown.name());
        return new CostRun(TimeValue.milliseconds(10), choice).measure().cells();
    }

    @Test
    void everyNumberOfWalkersIsMeasured() throws RunnerException {
        List<Cost> costs = measure(Freeings.REMOVE_PAGE, Shootdowns.S_MODE_IPI);
        assertEquals(CostRun.mostWalkers(), costs.size());
        for (int index = 0; index < costs.size(); index++) {
            Cost cost = costs.get(index);
            int walkers = index + 1;
            assertAll(
                    () -> assertEquals(walkers, cost.walkers()),
                    () -> assertEquals(walkers, cost.interrupts(), "every walker is interrupted once"),
                    () -> assertEquals(0, cost.machineModeFences()),
                    () -> assertTrue(cost.hartsWaitedFor() > 0, "some of them in mid-walk"),
                    () -> assertTrue(cost.operations() > 0),
                    () -> assertTrue(cost.freerNanos() > 0),
                    () -> assertTrue(cost.untilFreedNanos() >= cost.freerNanos()),
                    () -> assertTrue(cost.slowdown() > 0));
        }
    }

    @Test
    void firmwareInterruptsNobodyInSupervisorMode() throws RunnerException {
        Cost cost = measure(Freeings.REMOVE_PAGE, Shootdowns.SBI_RFENCE).getFirst();
        assertEquals(0, cost.interrupts());
        assertEquals(2, cost.machineModeFences(), "the sender's and the walker's");
        assertEquals(0, cost.hartsWaitedFor(), "no software walk holds an M-mode fence off");
    }

    @Test
    void aHardwareBroadcastWaitsForNoHart() throws RunnerException {
        Cost cost = measure(Freeings.REMOVE_PAGE, Shootdowns.HARDWARE_BROADCAST).getFirst();
        assertEquals(0, cost.interrupts() + cost.machineModeFences() + cost.hartsWaitedFor());
    }

    @Test
    void whatIsUnsafeCanBeMeasuredToo() throws RunnerException {
        Cost cost = measure(Freeings.FREE_BEFORE_FLUSH, Shootdowns.BROADCAST_UNSYNCED)
                .getFirst();
        assertEquals(0, cost.interrupts() + cost.machineModeFences() + cost.hartsWaitedFor());
    }
}
