package dev.shootdown.museum;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.mm.GatherSizes;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.RemovePage;
import dev.shootdown.mm.UnshareHugePmd;
import dev.shootdown.mm.UnshareHugePmd.Wait;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.race.OwnActor;
import dev.shootdown.race.RaceSite;
import dev.shootdown.riscv.TableLevel;

/**
 * Another process that maps huge pages of a file by the same pmd tables as the first, on a hart of its own. It takes the file's
 * semaphore, as the first does; if a table is its own by then, it unmaps the page and maps something else by that table.
 */
enum SecondProcess implements OwnActor {
    /** Unmaps the first of the pages. */
    SECOND_PROCESS;

    private static final int OWNER = 2;
    private static final int MORE_FRAMES = 32;

    /** Adds what the two share, and the second's root, to a machine's image. */
    static MachineSpec addRegion(MachineSpec spec) {
        MachineSpec larger = spec.withFrames(spec.frames() + MORE_FRAMES);
        return PageTables.addRegion(UnshareHugePmd.addRegion(larger), OWNER);
    }

    /** Before anybody runs: the second process comes to be. */
    static void prepare(RaceSite site) {
        AddressSpace second = mm(site);
        second.tables().createRoot();
        second.cpumask().enter(site.thirdHart());
    }

    /** Before anybody runs: the first maps a huge page at an address, and the second shares the table. */
    static void mapAndShare(RaceSite site, long virtualAddress) {
        site.mm().mapHuge(virtualAddress, TableLevel.PMD);
        process(site).share(site.mm(), virtualAddress);
    }

    @Override
    public Runnable on(RaceSite site) {
        UnshareHugePmd process = process(site);
        return () -> process.reuse(site.address());
    }

    private static UnshareHugePmd process(RaceSite site) {
        AddressSpace mm = mm(site);
        GatherSizes sizes = GatherSizes.of(site.conditions().shape());
        return new UnshareHugePmd(mm, new MmuGather(site.thirdHart(), mm, new RemovePage(), sizes), Wait.NOBODY);
    }

    private static AddressSpace mm(RaceSite site) {
        return site.mm().another(site.machine(), new PageTables(site.machine(), OWNER));
    }
}
