package dev.shootdown.explore.faults;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.riscv.Pte;
import dev.shootdown.walk.WalkOutcome;

/** Fast GUP written out once more, for one base page, so that single steps of it can be done wrong. */
class OwnGup implements Walker {
    private final Hart hart;
    private final PageTables tables;
    private final EntryReader reader;
    protected final FrameTable frames;
    protected final Words words;
    private long pteOffset;
    private long pte;
    private long pinned;

    OwnGup(RaceSite site) {
        this.hart = site.walkerHart();
        this.tables = site.tables();
        this.reader = new EntryReader(tables);
        this.frames = tables.frameTable();
        this.words = hart.machine().words();
    }

    @Override
    public final WalkOutcome walk(long virtualAddress) {
        reader.begin();
        pinned = 0;
        WalkOutcome outcome = walkProtected(hart, virtualAddress);
        return WalkOutcome.ofFinding(reader, outcome);
    }

    /** As it should be: descent and pin in one section. */
    WalkOutcome walkProtected(Hart self, long virtualAddress) {
        InterruptsOff section = self.interruptsOff();
        WalkOutcome outcome = descend(virtualAddress) ? pin() : WalkOutcome.NOT_PRESENT;
        section.close();
        return outcome;
    }

    /** Goes down to the pte; whether it maps a page. */
    final boolean descend(long virtualAddress) {
        long table = reader.rootFrame();
        for (int level = tables.mode().rootLevel(); level >= 0; level--) {
            pteOffset = reader.entryOffset(table, level, virtualAddress);
            pte = reader.load(pteOffset, level);
            if (!Pte.isPresent(pte)) {
                return false;
            }
            table = Pte.ppn(pte);
        }
        return true;
    }

    /** Takes a reference, loads the pte again, and gives the reference back if it has changed. */
    final WalkOutcome pin() {
        long frame = Pte.ppn(pte);
        if (!take(frame)) {
            return WalkOutcome.RETRY;
        }
        if (reader.load(pteOffset, 0) != pte) {
            drop(frame);
            return WalkOutcome.RETRY;
        }
        pinned = frame;
        return frames.owner(frame) == tables.owner() ? WalkOutcome.PINNED : WalkOutcome.PINNED_FOREIGN_PAGE;
    }

    /** As it should be: not if there is none. */
    boolean take(long frame) {
        return frames.tryGet(frame, 1);
    }

    private void drop(long frame) {
        if (frames.put(frame, 1) == 0) {
            tables.memory().free(frame);
        }
    }

    @Override
    public final void release() {
        if (pinned != 0) {
            drop(pinned);
            pinned = 0;
        }
    }
}
