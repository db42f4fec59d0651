package dev.shootdown.mm;

import dev.shootdown.hart.Mirrors;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.VirtualAddress;

/**
 * {@code free_pgtables}: unhooks the tables of an unmapped range bottom-up.
 *
 * <p>A table goes only if the whole span that it translates lies between floor and ceiling, that is between the neighbouring
 * mappings; a ceiling of 0 means the top of the address space. The root is never freed here. One function does for all
 * levels what the kernel writes out level by level; levels that the mode folds are simply not there.
 */
final class FreePgtables {
    private final PageTables tables;
    private final MmuGather gather;
    private long floor;
    private long ceiling;

    FreePgtables(PageTables tables, MmuGather gather) {
        this.tables = tables;
        this.gather = gather;
    }

    @Mirrors("free_pgd_range")
    void free(long start, long end, long newFloor, long newCeiling) {
        floor = newFloor;
        ceiling = newCeiling;
        freeBelow(tables.rootFrame(), tables.mode().rootLevel(), start, end);
    }

    /** Unhooks the tables below the entries of {@code table}, at {@code level}, for {@code start} to {@code end}. */
    @Mirrors("free_p4d_range, free_pud_range, free_pmd_range")
    private void freeBelow(long table, int level, long start, long end) {
        long span = VirtualAddress.entrySpan(level, tables.shape());
        for (long from = start & -span; from < end; from += span) {
            long parent = tables.entryOffset(table, level, from);
            long entry = tables.load(parent);
            if (Pte.decode(entry) == Pte.Kind.TABLE) {
                if (level > 1) {
                    freeBelow(Pte.ppn(entry), level - 1, Math.max(start, from), Math.min(end, from + span));
                }
                freeChild(parent, level - 1, from, span);
            }
        }
    }

    private void freeChild(long parent, int level, long from, long span) {
        boolean belowCeiling = ceiling == 0 || from + span <= ceiling;
        if (from >= floor && belowCeiling) {
            gather.freeTable(tables.unhook(parent, level), from);
        }
    }
}
