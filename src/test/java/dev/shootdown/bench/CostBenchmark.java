package dev.shootdown.bench;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.walk.WalkOutcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** What a strategy costs over a dispatcher: harts that walk, beside one that unmaps and beside none. {@link CostRun} runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CostBenchmark {
    /** The machine. */
    @State(Scope.Group)
    public static class Site {
        @Param
        Freeings freeing;

        @Param
        Shootdowns shootdown;

        @Param("1")
        int walkers;

        CostSite site;

        @Setup
        public void boot() {
            site = new CostSite(freeing, shootdown, walkers);
        }
    }

    /** A walker's number. */
    @State(Scope.Thread)
    public static class Seat {
        int number;

        @Setup
        public void sit(ThreadParams threads) {
            number = threads.getSubgroupThreadIndex();
        }
    }

    /** What the freer counts. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counts {
        public long operations;
        public long interrupts;
        public long machineModeFences;
        public long waits;
        public long freerNanos;
        public long untilFreedNanos;
    }

    @Benchmark
    @Group("working")
    public void unmap(Site site, Counts counts) {
        site.site.unmap(counts);
    }

    @Benchmark
    @Group("working")
    public WalkOutcome walk(Site site, Seat seat) {
        return site.site.walk(seat.number);
    }

    @Benchmark
    @Group("idle")
    public WalkOutcome walkAlone(Site site, Seat seat) {
        return site.site.walk(seat.number);
    }
}
