package dev.shootdown.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CostSiteTest {
    /** Any other that stops has a mistake, and would be missing from the costs without a word. */
    @Test
    void onlyStrategiesThatKeepTablesOrWaitForTheEndCannotGoOn() {
        Set<Freeings> expected = EnumSet.range(Freeings.REUSE_IN_PLACE, Freeings.TYPE_STABLE);
        expected.add(Freeings.MM_EXIT);
        assertEquals(
                expected,
                Arrays.stream(Freeings.values())
                        .filter(freeing -> !CostSite.canGoOn(freeing))
                        .collect(Collectors.toSet()));
    }

    /** One unmapping, while a walk is under way that ends only when the freer waits, or is done. */
    private static CostBenchmark.Counts unmapDuringAWalk(Freeings freeing, Shootdowns shootdown)
            throws InterruptedException {
        CostSite site = new CostSite(freeing, shootdown, 1);
        CostBenchmark.Counts counts = new CostBenchmark.Counts();
        Thread freer = new Thread(() -> site.unmap(counts));
        try (InterruptsOff walk = site.walkerHart(0).interruptsOff()) {
            walk.requireOpen();
            freer.start();
            while (site.waits() == 0 && freer.isAlive()) {
                Thread.onSpinWait();
            }
        }
        freer.join();
        assertEquals(1, counts.operations, "it came to its end");
        return counts;
    }

    @Test
    void aHartInMidWalkIsWaitedForByWhoInterruptsIt() throws InterruptedException {
        assertEquals(1, unmapDuringAWalk(Freeings.REMOVE_PAGE, Shootdowns.S_MODE_IPI).waits);
        assertEquals(1, unmapDuringAWalk(Freeings.TABLE_ONE_SYNC_IPI, Shootdowns.SBI_RFENCE).waits);
    }

    @Test
    void aHartInMidWalkIsWaitedForByAGracePeriod() throws InterruptedException {
        assertTrue(unmapDuringAWalk(Freeings.REMOVE_TABLE, Shootdowns.SBI_RFENCE).waits > 0);
    }

    @Test
    void messagesToTheHardwareWaitForNobodyInMidWalk() throws InterruptedException {
        assertEquals(0, unmapDuringAWalk(Freeings.REMOVE_PAGE, Shootdowns.HARDWARE_BROADCAST).waits);
        assertEquals(0, unmapDuringAWalk(Freeings.REMOVE_PAGE, Shootdowns.SBI_RFENCE).waits);
    }

    /** Every interrupt is waited for: so as many are taken as were sent, by the time the unmapping returns. */
    @Test
    void interruptsTakenAreThoseSent() {
        for (Shootdowns shootdown : List.of(Shootdowns.S_MODE_IPI, Shootdowns.PARAVIRTUAL, Shootdowns.LAZY_SKIP)) {
            CostSite site = new CostSite(Freeings.REMOVE_PAGE, shootdown, 2);
            CostBenchmark.Counts counts = new CostBenchmark.Counts();
            site.unmap(counts);
            assertEquals(2, counts.interrupts, shootdown.name());
        }
    }
}
