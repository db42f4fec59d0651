package dev.shootdown.explore;

import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.Poison;
import dev.shootdown.mm.Reuse;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What each frame holds at each step. A frame that was freed, or that somebody else was given, keeps its name: a late walker
 * still takes it for what it was.
 */
final class FrameRoles {
    private static final Role UNKNOWN = new Role(Use.FRAME, 0, 0);
    private static final int UNKNOWN_LEVEL = -1;
    private static final int NO_SPACE = 0;

    private final WordPlaces places;
    private final Map<Long, NavigableMap<Integer, Role>> roles = new HashMap<>();
    private int rootLevel = UNKNOWN_LEVEL;
    private int ownSpace = NO_SPACE;

    /** What a frame is for. */
    enum Use {
        /** Not known. */
        FRAME,
        /** A page table. */
        TABLE,
        /** Data. */
        PAGE,
        /** A list of tables that wait to be freed. */
        BATCH;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A use.
     *
     * @param level of a table, its level, or -1 while it is not hooked
     * @param space of a table or a page, the number of the address space that it was allocated for
     */
    record Role(Use use, int level, int space) {}

    private FrameRoles(WordPlaces places) {
        this.places = places;
    }

    /** Roles of a program of which nothing is known. */
    static FrameRoles none(WordPlaces places) {
        return new FrameRoles(places);
    }

    /** The roles in a race: as prepared, then as the steps change them. */
    static FrameRoles of(RaceScene scene, WordPlaces places, List<Step> steps) {
        FrameRoles roles = new FrameRoles(places);
        roles.rootLevel = scene.rootLevel();
        roles.ownSpace = scene.ownSpace();
        scene.visitFrames((frame, level) -> roles.put(frame, 0, prepared(level, scene.spaceOf(frame))));
        steps.stream().filter(FrameRoles::stores).forEach(roles::follow);
        return roles;
    }

    private static Role prepared(int level, int space) {
        return level == RaceScene.FrameVisitor.PAGE ? new Role(Use.PAGE, 0, space) : new Role(Use.TABLE, level, space);
    }

    private static boolean stores(Step step) {
        return switch (step.kind()) {
            case STORE, DRAIN, READ_MODIFY_WRITE -> true;
            case BEGIN, LOAD, AWAIT, BUFFER, COMPARE_FAILED, FENCE -> false;
        };
    }

    private void follow(Step step) {
        Place place = places.at(step.offset());
        if (place.kind() == Kind.STATE) {
            assigned(place.owner(), step);
        } else if (place.kind() == Kind.FRAME) {
            Role role = at(place.owner(), step.number());
            if (role.use() == Use.TABLE && role.level() > 0) {
                hooked(step.value(), role.level(), step.number());
            }
        }
    }

    private void assigned(long frame, Step step) {
        int space = FrameTable.ownerOf(step.value());
        if (space == Reuse.FOREIGN_OWNER) {
            return;
        }
        FrameKind kind = FrameTable.kindOf(step.value());
        switch (kind) {
            case DATA -> put(frame, step.number(), new Role(Use.PAGE, 0, space));
            case KERNEL -> put(frame, step.number(), new Role(Use.BATCH, 0, space));
            case TABLE -> put(frame, step.number(), new Role(Use.TABLE, levelAfter(frame, step), space));
            case UNUSED, DETACHED_TABLE, FREED -> {}
        }
    }

    /** A table that changes hands keeps its level; a new one has none yet. */
    private int levelAfter(long frame, Step step) {
        Role before = at(frame, step.number());
        boolean keptIt = before.use() == Use.TABLE && FrameTable.kindOf(step.before()) == FrameKind.TABLE;
        return keptIt ? before.level() : UNKNOWN_LEVEL;
    }

    /** A table's level is that of its parent less one, from when it was allocated. */
    private void hooked(long entry, int parentLevel, int step) {
        boolean points = Poison.of(entry) == Poison.NONE && Pte.decode(entry) == Pte.Kind.TABLE;
        Role role = at(Pte.ppn(entry), step);
        if (points && role.use() == Use.TABLE && role.level() == UNKNOWN_LEVEL) {
            NavigableMap<Integer, Role> known = history(Pte.ppn(entry));
            known.put(known.floorKey(step), new Role(Use.TABLE, parentLevel - 1, role.space()));
        }
    }

    private void put(long frame, int step, Role role) {
        history(frame).put(step, role);
    }

    private NavigableMap<Integer, Role> history(long frame) {
        return roles.computeIfAbsent(frame, each -> new TreeMap<>());
    }

    /** What a frame is for at a step. */
    Role at(long frame, int step) {
        Map.Entry<Integer, Role> entry =
                roles.getOrDefault(frame, new TreeMap<>()).floorEntry(step);
        return entry == null ? UNKNOWN : entry.getValue();
    }

    /** A frame by name, such as {@code table 0x80003}, and {@code table 0x80004 (mm 2)} of another address space than the race's. */
    String name(long frame, int step) {
        Role role = at(frame, step);
        String name = role.use().text() + " 0x" + Long.toHexString(frame);
        return switch (role.use()) {
            case TABLE, PAGE -> name + ofSpace(role.space());
            case FRAME, BATCH -> name;
        };
    }

    /** What is added to the name of something that belongs to an address space: nothing if that is the race's own, or there is no race. */
    String ofSpace(int space) {
        return ownSpace == NO_SPACE || space == ownSpace ? "" : " (mm " + space + ")";
    }

    /** A frame by its full name, such as {@code pte table 0x80003}. */
    String fullName(long frame, int step) {
        Role role = at(frame, step);
        boolean known = role.use() == Use.TABLE && role.level() != UNKNOWN_LEVEL;
        return known ? levelName(role.level()) + " " + name(frame, step) : name(frame, step);
    }

    /** The kernel's name of the entries of a level: {@code pgd} at the root, whichever level that is. */
    String levelName(int level) {
        if (level == UNKNOWN_LEVEL) {
            return "entry";
        }
        return level == rootLevel ? "pgd" : TableLevel.of(level).name().toLowerCase(Locale.ROOT);
    }
}
