package dev.shootdown.mm;

import dev.shootdown.hart.Machine;
import dev.shootdown.pagetable.NextLife;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.pagetable.TableCounts;
import dev.shootdown.pagetable.TableLock;
import dev.shootdown.pagetable.TableStash;
import java.util.Optional;

/** What a machine has for strategies that keep tables, or walkers off them. Each throws if its strategy forgot to ask for it. */
final class Keeping {
    private final PageTables tables;
    private final Optional<TableStash> stash;
    private final Optional<NextLife> nextLife;

    Keeping(Machine machine, PageTables tables) {
        this.tables = tables;
        this.stash = TableStash.of(machine);
        this.nextLife = NextLife.of(machine);
    }

    TableStash stash() {
        return stash.orElseThrow(() -> missing("stash to put tables into", "TableStash.addRegion"));
    }

    NextLife nextLife() {
        return nextLife.orElseThrow(() -> missing("next life for its tables", "NextLife.addRegion"));
    }

    TableCounts counts() {
        return tables.counts().orElseThrow(() -> missing("counts of tables", "TableCounts.addRegion"));
    }

    TableLock lock() {
        return tables.lock().orElseThrow(() -> missing("lock of tables", "TableLock.addRegion"));
    }

    private static IllegalStateException missing(String what, String by) {
        return new IllegalStateException("this machine has no " + what + "; its description did not go through " + by);
    }
}
