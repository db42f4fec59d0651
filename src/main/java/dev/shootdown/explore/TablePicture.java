package dev.shootdown.explore;

import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.Poison;
import dev.shootdown.mm.Reuse;
import dev.shootdown.race.Race;
import dev.shootdown.riscv.Pte;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The page tables of a race as they stand after a step: all that hang below the root then or hung below it in the beginning.
 *
 * @param step the step
 * @param tables parents before children
 */
public record TablePicture(int step, List<Table> tables) {
    /** Copies the list. */
    public TablePicture {
        tables = List.copyOf(tables);
    }

    /** What a table's frame is by now. */
    public enum Condition {
        /** A table. */
        LIVE,
        /** Unhooked, and not freed yet. */
        DETACHED,
        /** Freed. */
        FREED,
        /** Somebody else's. */
        TAKEN
    }

    /**
     * A table.
     *
     * @param frame the number of its frame
     * @param name its name, such as {@code pte table 0x80003}
     * @param depth how far it is from the root
     * @param condition what its frame is by now
     * @param entries those that lead or led somewhere, and the one that the step touches
     */
    public record Table(long frame, String name, int depth, Condition condition, List<Entry> entries) {
        /** Copies the list. */
        public Table {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry.
     *
     * @param name its name, such as {@code pmd[1]}
     * @param was what it held before the first step
     * @param is what it holds after the step
     * @param from the frame of the table that it led to before the first step; {@link #NO_TABLE} if it led to none
     * @param to the frame of the table that it leads to; {@link #NO_TABLE} if it leads to none
     * @param touch whether it is the word that the step touches
     */
    public record Entry(String name, String was, String is, long from, long to, Touch touch) {}

    /** Whether the step touches an entry. */
    public enum Touch {
        /** It does. */
        TOUCHED,
        /** It does not. */
        UNTOUCHED
    }

    /** No table's frame. */
    public static final long NO_TABLE = -1;

    /**
     * {@return the tables after a step of an execution of a race}
     *
     * @param race what ran; its tables as prepared give words their names
     * @param recording of that race
     * @param step its number, from 1; 0 is before the first
     */
    public static TablePicture of(Race race, Recording recording, int step) {
        return new Painter(race, recording, step).paint();
    }

    private static final class Painter {
        private final RaceScene scene;
        private final WordNames names;
        private final int step;
        private final Map<Long, Long> stored = new HashMap<>();
        private final Map<Long, Long> descriptors = new HashMap<>();
        private final List<Table> tables = new ArrayList<>();
        private final Set<Long> seen = new LinkedHashSet<>();
        private long touched = Step.NO_WORD;

        Painter(Race race, Recording recording, int step) {
            this.scene = new RaceScene(race);
            this.names = WordNames.of(scene, recording);
            this.step = step;
            recording.steps().stream().filter(each -> each.number() <= step).forEach(this::follow);
        }

        private void follow(Step each) {
            switch (each.kind()) {
                case STORE, DRAIN, READ_MODIFY_WRITE -> store(each);
                case BEGIN, LOAD, AWAIT, BUFFER, COMPARE_FAILED, FENCE -> {}
            }
            if (each.number() == step) {
                touched = each.offset();
            }
        }

        private void store(Step each) {
            stored.put(each.offset(), each.value());
            Place place = names.places().at(each.offset());
            if (place.kind() == Kind.STATE) {
                descriptors.put(place.owner(), each.value());
            }
        }

        TablePicture paint() {
            visit(scene.rootFrame(), scene.rootLevel(), 0);
            return new TablePicture(step, tables);
        }

        private void visit(long frame, int level, int depth) {
            if (!seen.add(frame)) {
                return;
            }
            int at = tables.size();
            List<Entry> entries = new ArrayList<>();
            List<Long> children = new ArrayList<>();
            for (int index = 0; index < scene.entries(); index++) {
                look(frame, level, index, entries, children);
            }
            children.forEach(child -> visit(child, level - 1, depth + 1));
            tables.add(at, new Table(frame, names.roles().fullName(frame, step), depth, condition(frame), entries));
        }

        private void look(long frame, int level, int index, List<Entry> entries, List<Long> children) {
            long offset = scene.offsetOf(frame, index);
            long was = scene.valueAt(offset);
            long is = stored.getOrDefault(offset, was);
            Touch touch = offset == touched ? Touch.TOUCHED : Touch.UNTOUCHED;
            if (!leads(was) && !leads(is) && touch == Touch.UNTOUCHED) {
                return;
            }
            long from = table(was);
            long to = table(is);
            List.of(from, to).stream().filter(each -> each != NO_TABLE).forEach(children::add);
            String name = names.roles().levelName(level) + "[" + index + "]";
            entries.add(new Entry(name, text(was), text(is), from, to, touch));
        }

        private String text(long entry) {
            return EntryText.of(entry, frame -> names.roles().name(frame, step));
        }

        private static boolean leads(long entry) {
            return switch (Pte.decode(entry)) {
                case TABLE, LEAF -> Poison.of(entry) == Poison.NONE;
                case NOT_PRESENT, RESERVED -> false;
            };
        }

        private static long table(long entry) {
            return leads(entry) && Pte.decode(entry) == Pte.Kind.TABLE ? Pte.ppn(entry) : NO_TABLE;
        }

        private Condition condition(long frame) {
            Long descriptor = descriptors.get(frame);
            if (descriptor == null) {
                return Condition.LIVE;
            }
            if (FrameTable.ownerOf(descriptor) == Reuse.FOREIGN_OWNER) {
                return Condition.TAKEN;
            }
            FrameKind kind = FrameTable.kindOf(descriptor);
            return switch (kind) {
                case TABLE -> Condition.LIVE;
                case DETACHED_TABLE -> Condition.DETACHED;
                case FREED, UNUSED -> Condition.FREED;
                case DATA, KERNEL -> Condition.TAKEN;
            };
        }
    }
}
