package dev.shootdown.museum;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceSite;
import dev.shootdown.riscv.Pte;
import dev.shootdown.walk.WalkOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Wants every page that still has a reference to be mapped: when all actors are through, a reference is a mapping's. A page that
 * no table leads to any more is lost with what was written to it.
 */
record FaultedPageLost() implements RaceCheck {
    @Override
    public String name() {
        return "FAULTED_PAGE_LOST";
    }

    @Override
    public boolean holds(RaceSite site, List<WalkOutcome> walks) {
        PageTables tables = site.tables();
        Set<Long> mapped = new HashSet<>();
        addMapped(tables, tables.rootFrame(), mapped);
        FrameTable frames = tables.frameTable();
        long first = tables.memory().firstFrame();
        for (long frame = first; frame < first + tables.memory().frames(); frame++) {
            boolean referenced = frames.kind(frame) == FrameKind.DATA && frames.refCount(frame) > 0;
            if (referenced && !mapped.contains(frame)) {
                return false;
            }
        }
        return true;
    }

    private static void addMapped(PageTables tables, long table, Set<Long> mapped) {
        for (int index = 0; index < tables.shape().entries(); index++) {
            long entry = tables.load(tables.memory().offsetOfFrame(table) + (long) index * Long.BYTES);
            switch (Pte.decode(entry)) {
                case TABLE -> addMapped(tables, Pte.ppn(entry), mapped);
                case LEAF -> mapped.add(Pte.ppn(entry));
                case NOT_PRESENT, RESERVED -> {}
            }
        }
    }
}
