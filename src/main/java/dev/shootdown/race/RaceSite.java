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
 * @param machine what all of this stands on
 * @param walkerHart the walker's; of several, the first one's
 * @param mutatorHart the mutator's
 * @param tables of the address space, for walkers
 * @param mm the address space, for the mutator
 * @param rcu the machine's
 * @param gather the mutator's gather, with the race's free strategy in it
 * @param address the page that is walked to and unmapped, page-aligned
 * @param conditions of the race
 * @param observer told of walks; a walker's probe
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

    /** {@return the hart of a third actor, in a race that has one} */
    public Hart thirdHart() {
        return machine.hart(FIRST_FURTHER_HART);
    }

    /**
     * {@return the site as walker {@code number} sees it: its own hart, and its own page, next to that of the walker
     * before}
     *
     * @param number from 0, below the conditions' number of walkers
     */
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

    /** The same, of which another observer is told. */
    RaceSite observedBy(RaceObserver other) {
        return new RaceSite(machine, walkerHart, mutatorHart, tables, mm, rcu, gather, address, conditions, other);
    }

    /** {@return the end of the pages that walkers walk to} */
    public long endOfPages() {
        return address + conditions.walkers() * pageBytes();
    }

    /** {@return how many bytes a base page has} */
    public long pageBytes() {
        return conditions.shape().bytes();
    }
}
