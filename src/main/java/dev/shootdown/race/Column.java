package dev.shootdown.race;

import static dev.shootdown.race.TruthTable.Told.TOLD;
import static dev.shootdown.race.TruthTable.Told.UNTOLD;

import dev.shootdown.race.TruthTable.Told;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rows of one walker, while they are written down. */
final class Column {
    static final String PATCH = "69be3fb111e7";
    static final String GATHER = "mm/mmu_gather.c, Linux 7.0";
    static final String SYNC_RCU = "1fb3d8c20bfa";
    static final String SWITCH_MM = "arch/riscv/mm/tlbflush.c, context.c, Linux 7.0";
    static final Set<Told> EITHER_WAY = EnumSet.allOf(Told.class);
    static final Set<Told> IN_MASK = EnumSet.of(TOLD);
    static final Set<Told> NOT_IN_MASK = EnumSet.of(UNTOLD);
    static final Set<Shootdowns> ALL = EnumSet.allOf(Shootdowns.class);

    private final Walkers walker;
    private final List<TruthTable.Row> rows = new ArrayList<>();

    Column(Walkers walker) {
        this.walker = walker;
    }

    /** A row for each of some strategies that share a verdict. */
    Column add(
            List<Freeings> freeings,
            Set<Shootdowns> shootdowns,
            Set<Told> told,
            Protection protection,
            Expectation expectation) {
        for (Freeings freeing : freeings) {
            rows.add(new TruthTable.Row(walker, freeing, shootdowns, told, protection, expectation));
        }
        return this;
    }

    List<TruthTable.Row> rows() {
        return List.copyOf(rows);
    }
}
