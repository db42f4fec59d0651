package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.PageTableLocks;

/**
 * The pte table that is kept under a huge page, for the day when that is split: {@code pmd_huge_pte}. Room for one. Who
 * deposits and withdraws has {@code pmd_lock}.
 */
public final class DepositedTable {
    private static final String REGION = "pmd_huge_pte";

    private final Words words;
    private final long offset;

    /**
     * The deposit of an address space, on a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose image holds it
     */
    public DepositedTable(Machine machine) {
        this.words = machine.words();
        this.offset = machine.region(REGION);
    }

    /**
     * {@return the description with a deposit, empty at first, and its lock}
     *
     * @param spec the machine so far, with all its frames
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return PageTableLocks.addRegion(spec).withRegion(REGION, 1);
    }

    /**
     * Keeps a table whose parent entry was cleared.
     *
     * @param table its frame's number
     */
    @Mirrors("pgtable_trans_huge_deposit")
    public void deposit(long table) {
        // Opaque: under pmd_lock, and no lockless walker looks here.
        words.setOpaque(offset, table);
    }

    /**
     * Takes the table back: to be hooked again, or freed.
     *
     * @return its frame's number
     */
    @Mirrors("pgtable_trans_huge_withdraw")
    public long withdraw() {
        long table = words.getOpaque(offset);
        words.setOpaque(offset, PhysicalMemory.NO_FRAME);
        return table;
    }
}
