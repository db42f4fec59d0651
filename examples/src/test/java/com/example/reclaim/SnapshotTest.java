package com.example.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.reclaim.Snapshot.Reclamation;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapshotTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final int VERSIONS = 20_000;

    @Test
    void readersNeverSeeAMixture() {
        Machine machine = Snapshot.machine();
        Snapshot snapshot = new Snapshot(machine, Reclamation.AFTER_A_GRACE_PERIOD);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(snapshot, machine.hart(1)));
        assertEquals(0, mixtures(snapshot, machine.hart(0), writer, Long.MAX_VALUE));
        writer.join();
    }

    @Test
    void withoutAGracePeriodTheyDo() {
        Machine machine = Snapshot.machine();
        Snapshot snapshot = new Snapshot(machine, Reclamation.AT_ONCE);
        long started = System.nanoTime();
        long mixtures = 0;
        while (mixtures == 0 && System.nanoTime() - started < LONG_ENOUGH.toNanos()) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(snapshot, machine.hart(1)));
            mixtures = mixtures(snapshot, machine.hart(0), writer, 1);
            writer.join();
        }
        assertTrue(mixtures > 0, "the mistake was not seen");
    }

    private static void write(Snapshot snapshot, Hart writer) {
        for (int version = 1; version <= VERSIONS; version++) {
            snapshot.replace(writer, version);
        }
    }

    /** Reads until the writer is done, or that many mixtures have been seen. */
    private static long mixtures(Snapshot snapshot, Hart reader, CompletableFuture<Void> writer, long enough) {
        long mixtures = 0;
        while (!writer.isDone() && mixtures < enough) {
            mixtures += snapshot.isWhole(reader) ? 0 : 1;
        }
        return mixtures;
    }
}
