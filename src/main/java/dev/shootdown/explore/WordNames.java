package dev.shootdown.explore;

import dev.shootdown.explore.FrameRoles.Role;
import dev.shootdown.explore.FrameRoles.Use;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.Reuse;
import dev.shootdown.race.Race;
import java.util.List;
import java.util.Map;

/**
 * Words and values in the language of the kernel: {@code pmd[1] of table 0x80003}, {@code context of hart 0}.
 *
 * <p>What a frame is called depends on the step: frames are allocated, hooked, freed and taken by others. Step 0 is before the
 * first. Immutable.
 */
public final class WordNames {
    private static final List<String> MM_WORDS =
            List.of("pgd", "mm_cpumask", "write_protect_seq", "tlb_flush_pending", "pgtables");
    private static final int PGD = 0;
    private static final int CPUMASK = 1;
    private static final List<String> COUNTERS = List.of(
            "handlers run itself",
            "handlers run by proxy",
            "local fences of a range",
            "local fences of everything",
            "M-mode fences of a range",
            "M-mode fences of everything",
            "sections found open");
    private static final List<String> MAILBOX_WORDS = List.of("function", "argument 1", "argument 2", "argument 3");
    private static final List<String> FENCE_WORDS = List.of("request", "completed", "targets", "extent");
    private static final Map<String, String> BITMAPS = Map.of(
            "frames.fresh", "unused frames", "frames.recycled", "given-back frames", "table_stash", "tables put aside");
    private static final List<String> LOCK_STATES = List.of("free", "held", "dead", "dead, held");
    private static final int TARGETS = 2;
    private static final int BATCH_COUNT = 2;
    private static final int BATCH_TABLES = 3;

    private final ImageLayout layout;
    private final WordPlaces places;
    private final FrameRoles roles;

    private WordNames(ImageLayout layout, WordPlaces places, FrameRoles roles) {
        this.layout = layout;
        this.places = places;
        this.roles = roles;
    }

    /**
     * {@return the names in an execution of a race}
     *
     * @param race what ran; its tables as prepared give words their names
     * @param recording of that race
     */
    public static WordNames of(Race race, Recording recording) {
        return of(new RaceScene(race), recording);
    }

    static WordNames of(RaceScene scene, Recording recording) {
        WordPlaces places = new WordPlaces(recording.layout());
        return new WordNames(recording.layout(), places, FrameRoles.of(scene, places, recording.steps()));
    }

    /**
     * {@return the names in an execution of a program that is no race: its regions', and what they tell by themselves}
     *
     * @param recording of any program
     */
    public static WordNames of(Recording recording) {
        WordPlaces places = new WordPlaces(recording.layout());
        return new WordNames(recording.layout(), places, FrameRoles.none(places));
    }

    WordPlaces places() {
        return places;
    }

    FrameRoles roles() {
        return roles;
    }

    /**
     * {@return the word at a byte offset of the image}
     *
     * @param offset in bytes; {@link Step#NO_WORD} has an empty name
     * @param step the number of the step at which it is so called
     */
    public String word(long offset, int step) {
        Place place = places.at(offset);
        return switch (place.kind()) {
            case NONE -> offset == Step.NO_WORD ? "" : layout.nameOf(offset);
            case CONTEXT -> "context of hart " + place.owner();
            case MAILBOX ->
                "mailbox of hart " + place.owner() + " from hart " + place.index() / MAILBOX_WORDS.size() + ": "
                        + MAILBOX_WORDS.get(place.index() % MAILBOX_WORDS.size());
            case COUNTER -> named(COUNTERS, place) + " (hart " + place.owner() + ")";
            case RCU -> RcuText.word(place.index());
            case FIRMWARE -> "firmware " + named(FENCE_WORDS, place);
            case INTERCONNECT -> "interconnect " + named(FENCE_WORDS, place);
            case MM -> named(MM_WORDS, place) + roles.ofSpace((int) place.owner());
            case BITMAP -> BITMAPS.getOrDefault(place.region(), place.region());
            case REFERENCES -> "references of " + roles.name(place.owner(), step);
            case STATE -> "frame 0x" + Long.toHexString(place.owner());
            case TABLE_COUNT -> "count of " + roles.name(place.owner(), step);
            case TABLE_LOCK -> "lock of " + covered(place, step);
            case FRAME -> frameWord(place, step);
            case OTHER -> other(place);
        };
    }

    private String covered(Place lock, int step) {
        return lock.owner() == PhysicalMemory.NO_FRAME ? "all tables" : roles.name(lock.owner(), step);
    }

    private static String named(List<String> names, Place place) {
        return place.index() < names.size() ? names.get(place.index()) : place.region() + "[" + place.index() + "]";
    }

    private String frameWord(Place place, int step) {
        Role role = roles.at(place.owner(), step);
        String index = "[" + place.index() + "] of " + roles.name(place.owner(), step);
        return switch (role.use()) {
            case TABLE -> roles.levelName(role.level()) + index;
            case PAGE, FRAME -> "word" + index;
            case BATCH ->
                place.index() == BATCH_COUNT ? "tables in " + roles.name(place.owner(), step) : "slot" + index;
        };
    }

    private String other(Place place) {
        boolean single = layout.region(place.region()).words() == 1;
        return single ? place.region() : place.region() + "[" + place.index() + "]";
    }

    /**
     * {@return what a word holds, in domain words; empty at an offset without a word}
     *
     * @param offset byte offset of the word in the image
     * @param value what it holds
     * @param step the number of the step at which it holds it
     */
    public String value(long offset, long value, int step) {
        Place place = places.at(offset);
        return switch (place.kind()) {
            case NONE -> "";
            case CONTEXT -> ContextText.state(value);
            case STATE -> state(value);
            case FRAME -> frameValue(place, value, step);
            case BITMAP -> bitmap(place, value);
            case MM -> mmValue(place, value, step);
            case RCU -> RcuText.value(place.index(), value);
            case FIRMWARE, INTERCONNECT -> place.index() == TARGETS ? ContextText.harts(value) : Long.toString(value);
            case TABLE_LOCK -> value < LOCK_STATES.size() ? LOCK_STATES.get((int) value) : number(value);
            case MAILBOX, COUNTER, REFERENCES, TABLE_COUNT, OTHER -> number(value);
        };
    }

    private static String state(long value) {
        FrameKind kind = FrameTable.kindOf(value);
        boolean foreign = FrameTable.ownerOf(value) == Reuse.FOREIGN_OWNER;
        return foreign ? "foreign " + kind : kind.toString();
    }

    private String frameValue(Place place, long value, int step) {
        Use use = roles.at(place.owner(), step).use();
        if (use == Use.BATCH && place.index() >= BATCH_TABLES) {
            return roles.name(value, step);
        }
        return use == Use.BATCH ? number(value) : EntryText.of(value, frame -> roles.name(frame, step));
    }

    private String mmValue(Place place, long value, int step) {
        return switch (place.index()) {
            case PGD -> roles.name(value, step);
            case CPUMASK -> ContextText.harts(value);
            default -> number(value);
        };
    }

    private String bitmap(Place place, long value) {
        long first = places.firstFrame() + (long) place.index() * Long.SIZE;
        int count = Long.bitCount(value);
        return switch (count) {
            case 0 -> "none";
            case 1 -> "0x" + Long.toHexString(first + Long.numberOfTrailingZeros(value));
            default -> count + " from 0x" + Long.toHexString(first + Long.numberOfTrailingZeros(value));
        };
    }

    /** Small numbers in decimal, others in hexadecimal. */
    private static String number(long value) {
        return Math.abs(value) < 1_000 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
