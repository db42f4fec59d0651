package dev.shootdown.race;

import java.util.ArrayList;
import java.util.List;

/** The rows of one walker, while they are written down. */
final class Column {
    static final String PATCH = "69be3fb111e7";
    static final String GATHER = "mm/mmu_gather.c, Linux 7.0";
    static final String SYNC_RCU = "1fb3d8c20bfa";
    static final String SWITCH_MM = "arch/riscv/mm/tlbflush.c, context.c, Linux 7.0";
    static final String PARAVIRTUAL_FLUSH = "kvm_flush_tlb_multi, Linux 7.0";
    static final String LAZY = "native_flush_tlb_multi, Linux 7.0";
    static final String BROADCAST = "a37259732a7d";
    static final String SBI = "SBI specification, RFENCE extension";

    /** Of a hart whose bit in the mask nothing orders before its loads. */
    static final Expectation BIT_BUFFERED = new Expectation(
            FailsFrom.TSO,
            "the bit waits in a store buffer while the old entry is loaded: the flush reads a mask without it",
            SWITCH_MM);

    private final Walkers walker;
    private final List<TruthTable.Row> rows = new ArrayList<>();

    Column(Walkers walker) {
        this.walker = walker;
    }

    /** A row for each of some strategies that share a verdict. */
    Column add(List<Freeings> freeings, Circumstances where, Protection protection, Expectation expectation) {
        for (Freeings freeing : freeings) {
            rows.add(new TruthTable.Row(walker, freeing, where, protection, expectation));
        }
        return this;
    }

    List<TruthTable.Row> rows() {
        return List.copyOf(rows);
    }
}
