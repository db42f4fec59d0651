package dev.shootdown.bench;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.PinFlags;
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

/** What the layers cost: a pin and its unpin under Sv39, beside the same atomics written down by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FastGupBenchmark {
    private static final int OWNER = 1;

    @Param
    TableShape shape;

    private FastGup gup;
    private HandWrittenWalk handWritten;
    private long address;

    @Setup
    public void mapOnePage() {
        MachineSpec spec = MachineSpec.of(SatpMode.SV39).withShape(shape);
        Machine machine = Machine.boot(PageTables.addRegion(Rcu.addRegion(spec), OWNER));
        PageTables tables = new PageTables(machine, OWNER);
        tables.createRoot();
        AddressSpace mm = new AddressSpace(machine, tables, new SmodeIpi(machine), new Rcu(machine));
        address = (1L << shape.pageShift())
                | (1L << (shape.pageShift() + shape.indexBits()))
                | (1L << (shape.pageShift() + 2 * shape.indexBits()));
        mm.map(address);
        gup = new FastGup(machine.hart(0), tables, PinFlags.FOLL_GET);

        handWritten = new HandWrittenWalk(shape.pageShift(), shape.indexBits(), shape.bytes());
        handWritten.map(address);
        if (!handWritten.pinAndUnpin(address) || pinAndUnpin() != WalkOutcome.PINNED) {
            throw new IllegalStateException("both must find the page");
        }
    }

    @Benchmark
    public WalkOutcome fastGup() {
        return pinAndUnpin();
    }

    private WalkOutcome pinAndUnpin() {
        WalkOutcome outcome = gup.pin(address);
        gup.unpin();
        return outcome;
    }

    @Benchmark
    public boolean handWritten() {
        return handWritten.pinAndUnpin(address);
    }
}
