package dev.shootdown.explore;

import dev.shootdown.hart.Machine;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.RaceSite;
import dev.shootdown.riscv.Pte;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A race before its first step: which frame holds what, and the way from the root to what the mutator takes away. */
final class RaceScene {
    private final Race race;
    private final RaceSite site;
    private final PageTables tables;

    RaceScene(Race race) {
        this.race = race;
        RaceInstance instance = new RaceInstance(race, Machine.boot(RaceInstance.specOf(race)), RaceObserver.NONE);
        instance.prepare();
        this.site = instance.site();
        this.tables = site.tables();
    }

    /** Is told of frames. */
    @FunctionalInterface
    interface FrameVisitor {
        /** A frame and the level of the table in it, or {@link #PAGE}. */
        void visit(long frame, int level);

        /** The level of what is no table. */
        int PAGE = -1;
    }

    /** What the word at an offset holds. */
    long valueAt(long offset) {
        return site.machine().words().getOpaque(offset);
    }

    int rootLevel() {
        return race.satp().rootLevel();
    }

    long rootFrame() {
        return tables.rootFrame();
    }

    /** How many entries a table has. */
    int entries() {
        return tables.shape().entries();
    }

    /** The offset of an entry of a table. */
    long offsetOf(long table, int index) {
        return tables.memory().offsetOfFrame(table) + (long) index * Long.BYTES;
    }

    /** The number of the address space that the race is about. */
    int ownSpace() {
        return tables.owner();
    }

    /** The number of the address space that a frame was allocated for. */
    int spaceOf(long frame) {
        return tables.frameTable().owner(frame);
    }

    /** Visits every table and every page that is mapped, in every address space. */
    void visitFrames(FrameVisitor visitor) {
        for (int space : PageTables.owners(site.machine())) {
            long root = new PageTables(site.machine(), space).rootFrame();
            if (root != PhysicalMemory.NO_FRAME) {
                visitTable(root, rootLevel(), visitor);
            }
        }
    }

    private void visitTable(long table, int level, FrameVisitor visitor) {
        visitor.visit(table, level);
        long start = tables.memory().offsetOfFrame(table);
        for (int index = 0; index < tables.shape().entries(); index++) {
            long entry = valueAt(start + (long) index * Long.BYTES);
            switch (Pte.decode(entry)) {
                case TABLE -> visitTable(Pte.ppn(entry), level - 1, visitor);
                case LEAF -> visitor.visit(Pte.ppn(entry), FrameVisitor.PAGE);
                case NOT_PRESENT, RESERVED -> {}
            }
        }
    }

    /** The frame that the mutator frees, if it frees one. */
    OptionalLong victim() {
        long frame = race.mutator().victimFrame(site);
        return frame == PhysicalMemory.NO_FRAME ? OptionalLong.empty() : OptionalLong.of(frame);
    }

    /** The offsets of the entries from the root to the victim, or, without a victim, to the entry that maps nothing. */
    List<Long> path() {
        long victim = victim().orElse(PhysicalMemory.NO_FRAME);
        List<Long> path = new ArrayList<>();
        long table = tables.rootFrame();
        for (int level = rootLevel(); level >= 0; level--) {
            long offset = tables.entryOffset(table, level, site.address());
            path.add(offset);
            long entry = valueAt(offset);
            table = Pte.ppn(entry);
            if (table == victim || Pte.decode(entry) != Pte.Kind.TABLE) {
                return path;
            }
        }
        return path;
    }
}
