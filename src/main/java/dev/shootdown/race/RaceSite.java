package dev.shootdown.race;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.mm.AddressSpace;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.rcu.Rcu;

/**
 * Where a race takes place on one machine: what walkers and mutators are built from.
 *
 * @param address the page that is walked to and unmapped, page-aligned
 * @param gather the mutator's gather, with the race's free strategy in it
 */
public record RaceSite(
        Machine machine,
        Hart walkerHart,
        Hart mutatorHart,
        PageTables tables,
        AddressSpace mm,
        Rcu rcu,
        MmuGather gather,
        long address,
        RaceConditions conditions,
        RaceObserver observer) {

    private static final int FIRST_FURTHER_HART = 2;

    /** The hart of a third actor, in a race that has one. */
    public Hart thirdHart() {
        return machine.hart(FIRST_FURTHER_HART);
    }

    /** The site as walker {@code number} sees it: its own hart, and its own page, next to that of the walker before. */
    public RaceSite ofWalker(int number) {
        return new RaceSite(
                machine,
                number == 0 ? walkerHart : machine.hart(FIRST_FURTHER_HART + number - 1),
                mutatorHart,
                tables,
                mm,
                rcu,
                gather,
                address + number * pageBytes(),
                conditions,
                observer.ofWalker(number));
    }

    /** The end of the pages that walkers walk to. */
    public long endOfPages() {
        return address + conditions.walkers() * pageBytes();
    }

    /** Bytes of a base page. */
    public long pageBytes() {
        return conditions.shape().bytes();
    }
}
