package dev.shootdown.bench;

import dev.shootdown.hart.MachinePool;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.WalkOutcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One sample from end to end, on one thread: take a machine, walk, unmap, give the machine back. Must allocate nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SampleBenchmark {
    @Param({"REMOVE_PAGE", "REMOVE_TABLE"})
    Freeings freeing;

    private MachinePool<RaceInstance> pool;

    @Setup
    public void makeThePool() {
        Race race = Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).freeing(freeing);
        pool = new MachinePool<>(
                RaceInstance.specOf(race),
                machine -> new RaceInstance(race, machine, RaceObserver.NONE),
                RaceInstance::prepare);
    }

    @Benchmark
    public WalkOutcome sample() {
        MachinePool.Lease<RaceInstance> lease = pool.checkout();
        RaceInstance instance = lease.value();
        WalkOutcome outcome = instance.walk();
        instance.release();
        instance.mutate();
        pool.giveBack(lease);
        return outcome;
    }

    @TearDown
    public void everyMachineCameBack() {
        if (pool.outstanding() != 0 || pool.machines() != 1) {
            throw new IllegalStateException(pool.outstanding() + " machines out, " + pool.machines() + " made");
        }
    }
}
