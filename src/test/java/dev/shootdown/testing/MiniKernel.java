package dev.shootdown.testing;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.mm.GatherSizes;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.Munmap;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;
import java.time.Duration;
import java.util.function.Function;

/** One machine with one address space, all harts in its mask: the walker is hart 0, the mutator the last hart. */
public final class MiniKernel {
    public static final int OWNER = 1;
    /** Another address space's number. */
    public static final int STRANGER = 2;

    private final Machine machine;
    private final WatchedWords words;
    private final PageTables tables;
    private final Rcu rcu;
    private final AddressSpace mm;

    private MiniKernel(Machine machine, WatchedWords words, Function<Machine, ? extends Shootdown> dispatcher) {
        this.machine = machine;
        this.words = words;
        this.tables = new PageTables(machine, OWNER);
        this.rcu = new Rcu(machine);
        this.mm = new AddressSpace(machine, tables, dispatcher.apply(machine), rcu);
        tables.createRoot();
        for (int hart = 0; hart < machine.harts(); hart++) {
            mm.cpumask().enter(machine.hart(hart));
        }
    }

    /** What a machine needs: two harts, compact tables, waits that give up soon enough to stand for "waits for ever". */
    public static MachineSpec spec(SatpMode mode) {
        MachineSpec spec = MachineSpec.of(mode).withWaitBound(Duration.ofMillis(5));
        return PageTables.addRegion(PageTables.addRegion(Rcu.addRegion(spec), OWNER), STRANGER);
    }

    public static MiniKernel boot(SatpMode mode) {
        return boot(spec(mode), SmodeIpi::new);
    }

    public static MiniKernel boot(MachineSpec spec, Function<Machine, ? extends Shootdown> dispatcher) {
        ImageLayout layout = spec.layout();
        WatchedWords words = new WatchedWords(new OffHeapWords(layout, spec.waitBound()), layout);
        return new MiniKernel(Machine.boot(spec, layout, words), words, dispatcher);
    }

    /** Index 1 in the table of every level: an address whose tables are shared with nothing at 0. */
    public static long address(SatpMode mode, TableShape shape) {
        long address = 0;
        for (int level = 0; level < mode.levels(); level++) {
            address |= VirtualAddress.entrySpan(level, shape);
        }
        return address;
    }

    public long address() {
        return address(tables.mode(), tables.shape());
    }

    public Machine machine() {
        return machine;
    }

    public WatchedWords words() {
        return words;
    }

    public PageTables tables() {
        return tables;
    }

    public Rcu rcu() {
        return rcu;
    }

    public AddressSpace mm() {
        return mm;
    }

    public PhysicalMemory memory() {
        return machine.memory();
    }

    public FrameTable frames() {
        return machine.memory().frameTable();
    }

    public Hart walker() {
        return machine.hart(0);
    }

    public Hart mutator() {
        return machine.hart(machine.harts() - 1);
    }

    public long pageBytes() {
        return tables.shape().bytes();
    }

    /** Bytes that one entry of a table at {@code level} translates. */
    public long span(int level) {
        return VirtualAddress.entrySpan(level, tables.shape());
    }

    /** Byte offset of the entry for an address in the table that stands at {@code level} now. */
    public long entryAt(long virtualAddress, int level) {
        long table = tables.rootFrame();
        for (int above = tables.mode().rootLevel(); above > level; above--) {
            table = Pte.ppn(tables.load(tables.entryOffset(table, above, virtualAddress)));
        }
        return tables.entryOffset(table, level, virtualAddress);
    }

    public MmuGather gather(TableFreeing freeing) {
        return gather(freeing, GatherSizes.of(tables.shape()));
    }

    public MmuGather gather(TableFreeing freeing, GatherSizes sizes) {
        return new MmuGather(mutator(), mm, freeing, sizes);
    }

    /** Unmaps the page at {@link #address()} with all its tables but the root. */
    public void unmapAll(MmuGather gather) {
        new Munmap(mm, gather).unmap(address(), address() + pageBytes(), 0, 0);
    }
}
