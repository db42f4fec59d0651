package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.TableLevel;

/** A page fault that builds a pte table and maps a page into it, under walkers. Confined to one hart. */
public final class Populate {
    private final AddressSpace mm;
    private final PublishOrder order;

    /**
     * Faults pages of {@code mm} in, publishing tables in that order.
     *
     * @param mm changed by nobody else meanwhile
     * @param order in which a table is zeroed and hooked
     */
    public Populate(AddressSpace mm, PublishOrder order) {
        this.mm = mm;
        this.order = order;
    }

    /**
     * Hooks a table into the empty pmd for {@code virtualAddress}.
     *
     * @param virtualAddress any address of the page, canonical
     */
    @Mirrors("__pte_alloc")
    public void hookTable(long virtualAddress) {
        mm.populate(mm.parentOf(virtualAddress, TableLevel.PTE), order);
    }

    /**
     * Maps a fresh page there.
     *
     * @param virtualAddress any address of the page, canonical
     */
    @Mirrors("do_anonymous_page")
    public void mapPage(long virtualAddress) {
        mm.map(virtualAddress);
    }
}
