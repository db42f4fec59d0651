package dev.shootdown.explore.faults;

import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.RaceSite;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.SbiRfence;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.SmodeIpi;
import dev.shootdown.tlb.TlbFlush;

/** What {@link OwnUnmappings} are made of. */
final class UnmappingSteps {
    private final RaceSite site;
    private final TlbFlush flush;
    private final PhysicalMemory memory;

    UnmappingSteps(RaceSite site) {
        this.site = site;
        this.flush = new TlbFlush(site.machine().words(), site.mm().cpumask(), dispatcher(site));
        this.memory = site.machine().memory();
    }

    /** One of its own, over the race's route. */
    private static Shootdown dispatcher(RaceSite site) {
        return switch (site.gather().route()) {
            case S_MODE_IPI -> new SmodeIpi(site.machine());
            case M_MODE -> new SbiRfence(site.machine());
        };
    }

    DetachedTable unhook() {
        return site.tables().unhook(site.mm().parentOf(site.address(), TableLevel.PTE), 0);
    }

    void flush() {
        long span = VirtualAddress.tableSpan(0, site.tables().shape());
        FlushRange range = new FlushRange();
        range.widenByTable(site.address() & -span, span, span);
        flush.flush(site.mutatorHart(), range);
    }

    void gracePeriod() {
        site.rcu().synchronize(site.mutatorHart());
    }

    void free(DetachedTable table) {
        memory.free(table.discharge());
    }
}
