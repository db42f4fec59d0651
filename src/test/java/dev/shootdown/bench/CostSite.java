package dev.shootdown.bench;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.mm.Munmap;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.pagetable.PageTables.TableContents;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.walk.WalkOutcome;

/**
 * A machine on which harts walk and one maps and unmaps without an end. The walkers walk to pages of a table that stays; what is
 * unmapped, with its table, is a page of the neighbouring table. So a strategy that is unsafe costs what it costs, and nothing is
 * read that was freed.
 */
final class CostSite {
    private static final int FRAMES = 64;

    private final Freeings freeing;
    private final RaceInstance instance;
    private final RaceSite site;
    private final CountingWords words;
    private final Munmap munmap;
    private final long page;
    private final long floor;
    private final long ceiling;

    CostSite(Freeings freeing, Shootdowns shootdown, int walkers) {
        this.freeing = freeing;
        Race race = race(freeing, shootdown, walkers);
        MachineSpec spec = RaceInstance.specOf(race).withFrames(FRAMES);
        ImageLayout layout = spec.layout();
        this.words = new CountingWords(new OffHeapWords(layout, spec.waitBound()));
        this.instance = new RaceInstance(race, Machine.boot(spec, layout, words), RaceObserver.NONE);
        instance.prepare();
        this.site = instance.site();
        words.countWaitsOf(site.mutatorHart());
        this.munmap = new Munmap(site.mm(), site.gather());
        this.page = site.address() + VirtualAddress.entrySpan(1, site.tables().shape());
        long span = VirtualAddress.tableSpan(0, site.tables().shape());
        this.floor = page & -span;
        this.ceiling = floor + span;
    }

    /** As in the matrix: with a local flush, walkers switch in; else they are there all along. */
    private static Race race(Freeings freeing, Shootdowns shootdown, int walkers) {
        WalkerMask mask = shootdown == Shootdowns.LOCAL_ONLY ? WalkerMask.SWITCHES_IN : WalkerMask.RUNNING;
        return Race.of(Walkers.FAST_GUP)
                .shootdown(shootdown)
                .freeing(freeing)
                .harts(walkers + 1)
                .where(each ->
                        each.withFreedFrames(FreedFrames.RECYCLED_AS_DATA).withMask(mask));
    }

    /**
     * Whether a strategy can go on without an end: one that keeps tables for good, or gives them another life, runs out of memory
     * here; one that frees at the end of the address space does that once. Neither has a cost of an operation.
     */
    static boolean canGoOn(Freeings freeing) {
        CostSite site = new CostSite(freeing, Shootdowns.SBI_RFENCE, 1);
        try {
            for (int operation = 0; operation < 2 * FRAMES; operation++) {
                site.unmap(new CostBenchmark.Counts());
            }
            return true;
        } catch (IllegalStateException over) {
            return false;
        }
    }

    /** The hart of a walker, to be driven by the calling thread. */
    Hart walkerHart(int walker) {
        return site.ofWalker(walker).walkerHart();
    }

    /** How often the freer has waited so far for a hart that was not ready at once. */
    long waits() {
        return words.waits();
    }

    /** One walk, pinned and unpinned. */
    WalkOutcome walk(int walker) {
        WalkOutcome outcome = instance.walk(walker);
        instance.release(walker);
        if (outcome != WalkOutcome.PINNED) {
            throw new IllegalStateException("the page is there, and the walk came to " + outcome);
        }
        return outcome;
    }

    /** Maps a page, unmaps it, and waits until it and its table are free. */
    void unmap(CostBenchmark.Counts counts) {
        map();
        words.countMine();
        long waits = words.waits();
        long interrupts = interrupts();
        long fences = machineModeFences();
        long started = System.nanoTime();
        munmap.unmap(page, page + site.pageBytes(), floor, ceiling);
        freeing.afterwards(site);
        long returned = System.nanoTime();
        site.rcu().barrier(site.mutatorHart());
        long freed = System.nanoTime();
        counts.operations++;
        counts.freerNanos += returned - started;
        counts.untilFreedNanos += freed - started;
        counts.interrupts += interrupts() - interrupts;
        counts.machineModeFences += machineModeFences() - fences;
        counts.waits += words.waits() - waits;
    }

    /** As {@code AddressSpace.map}, but with a page that was freed before, as soon as there is one. */
    private void map() {
        PageTables tables = site.tables();
        long pmd = site.mm().tableAt(page, TableLevel.PMD);
        long table = tables.allocateTable(TableContents.ZEROED);
        tables.publish(tables.entryOffset(pmd, 1, page), Pte.table(table));
        long frame = tables.memory().allocate(FrameKind.DATA, tables.owner());
        tables.publish(tables.entryOffset(table, 0, page), Pte.leaf(frame));
    }

    private long interrupts() {
        long sum = 0;
        Machine machine = site.machine();
        for (int id = 0; id < machine.harts(); id++) {
            Hart hart = machine.hart(id);
            sum += hart.interrupts(InterruptDelivery.SELF) + hart.interrupts(InterruptDelivery.BY_PROXY);
        }
        return sum;
    }

    private long machineModeFences() {
        Hart freer = site.mutatorHart();
        return freer.machineModeFences(FenceExtent.RANGE) + freer.machineModeFences(FenceExtent.EVERYTHING);
    }
}
