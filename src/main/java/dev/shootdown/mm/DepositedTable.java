package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;

/**
 * The pte table that is kept under a huge page, for the day when that is split: {@code pmd_huge_pte}. Room for one. Who
 * deposits and withdraws has the pmd lock, or is the only one to change the tables.
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
     * {@return the description with a deposit, empty at first}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, 1);
    }

    /**
     * Keeps a table whose parent entry was cleared.
     *
     * @param table its frame's number
     */
    @Mirrors("pgtable_trans_huge_deposit")
    public void deposit(long table) {
        // Opaque: no lockless walker looks here.
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
