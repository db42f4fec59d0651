package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;

/**
 * {@code vmap} of a huge page, in the kernel's own tables, where an earlier mapping left an empty pte table behind: the table is
 * taken away and the pmd becomes a leaf.
 *
 * <ol>
 *   <li>{@code pmd_free_pte_page}: clear the pmd, flush the range on every hart, free the table.
 *   <li>{@code pmd_set_huge}: map.
 * </ol>
 *
 * <p>Who maps owns the range of addresses and needs no lock for it: neither {@code page_table_lock} nor the {@code mmap_lock} of
 * {@code init_mm} is taken. Freeing goes through the gather's strategy: freed like a page, it is what x86 and arm64 do. Confined
 * to its gather's hart.
 */
public final class KernelVmap {
    private final AddressSpace kernel;
    private final PageTables tables;
    private final MmuGather gather;

    /**
     * Maps in {@code kernel}, the space of {@code init_mm}, freeing tables with {@code gather}.
     *
     * @param kernel the address space
     * @param gather of the unmapping hart, over the same address space
     */
    public KernelVmap(AddressSpace kernel, MmuGather gather) {
        this.kernel = kernel;
        this.tables = kernel.tables();
        this.gather = gather;
    }

    /**
     * Maps a huge page where a pte table translates {@code virtualAddress} now, without a page in it.
     *
     * @param virtualAddress any address that the table translates
     */
    @Mirrors("vmap_try_huge_pmd")
    public void promote(long virtualAddress) {
        long pmdOffset = kernel.parentOf(virtualAddress, TableLevel.PTE);
        if (Pte.isPointer(tables.load(pmdOffset))) {
            freePtePage(pmdOffset, virtualAddress);
        }
        setHuge(virtualAddress);
    }

    @Mirrors("pmd_free_pte_page")
    private void freePtePage(long pmdOffset, long virtualAddress) {
        gather.begin();
        gather.freeTable(tables.unhook(pmdOffset, 0), virtualAddress);
        gather.finish();
    }

    @Mirrors("pmd_set_huge")
    private void setHuge(long virtualAddress) {
        kernel.mapHuge(virtualAddress, TableLevel.PMD);
    }
}
