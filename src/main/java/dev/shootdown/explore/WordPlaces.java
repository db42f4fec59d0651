package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.ImageLayout.Region;
import dev.shootdown.memory.PhysicalMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands where in an image, told by the names and sizes of its regions. */
final class WordPlaces {
    private static final Pattern HART = Pattern.compile("hart(\\d+)\\.(context|mailbox|counters)");
    private static final Pattern MM = Pattern.compile("mm(\\d+)");
    private static final String MEM_MAP = "mem_map";
    private static final String DRAM = "dram";
    private static final int DESCRIPTOR_WORDS = 2;
    private static final Place NO_WORD = new Place(Kind.NONE, "", 0, 0);

    private final ImageLayout layout;
    private final long firstFrame;
    private final int wordsPerFrame;
    private final Map<Long, Place> found = new ConcurrentHashMap<>();

    /** What a word is for. */
    enum Kind {
        /** No word at all. */
        NONE,
        /** A hart's context. */
        CONTEXT,
        /** An argument of an inter-processor interrupt. */
        MAILBOX,
        /** A statistics counter. */
        COUNTER,
        /** RCU's queue. */
        RCU,
        /** A request to the firmware. */
        FIRMWARE,
        /** A message to every hart that is under way. */
        INTERCONNECT,
        /** A word of an {@code mm_struct}. */
        MM,
        /** A bitmap of frames: free ones, or tables that were put aside. */
        BITMAP,
        /** A frame's reference count. */
        REFERENCES,
        /** A frame's state. */
        STATE,
        /** A word of a frame. */
        FRAME,
        /** Walkers' references to a table. */
        TABLE_COUNT,
        /** A table's own lock, or the one of all tables. */
        TABLE_LOCK,
        /** A word of a region that is known by its name only. */
        OTHER
    }

    /**
     * A word's place.
     *
     * @param region the region's name
     * @param owner the hart, the frame or the address space that it belongs to; 0 for other kinds
     * @param index its number among the words of the same owner and kind
     */
    record Place(Kind kind, String region, long owner, int index) {
        int hart() {
            return (int) owner;
        }
    }

    WordPlaces(ImageLayout layout) {
        this.layout = layout;
        this.wordsPerFrame = wordsPerFrame(layout);
        this.firstFrame = PhysicalMemory.DRAM_BASE / Long.BYTES / wordsPerFrame;
    }

    private static int wordsPerFrame(ImageLayout layout) {
        int frames = wordsOf(layout, MEM_MAP) / DESCRIPTOR_WORDS;
        return frames == 0 ? 1 : wordsOf(layout, DRAM) / frames;
    }

    private static int wordsOf(ImageLayout layout, String name) {
        return layout.regions().stream()
                .filter(region -> region.name().equals(name))
                .mapToInt(Region::words)
                .sum();
    }

    /** How many words a frame has. */
    int wordsPerFrame() {
        return wordsPerFrame;
    }

    /** The number of the first frame. */
    long firstFrame() {
        return firstFrame;
    }

    /** The place of the word at a byte offset of the image, or at {@link Step#NO_WORD}. */
    Place at(long offset) {
        return found.computeIfAbsent(offset, this::find);
    }

    private Place find(long offset) {
        for (Region region : layout.regions()) {
            if (region.contains(offset)) {
                return in(region, (int) ((offset - region.offset()) / Long.BYTES));
            }
        }
        return NO_WORD;
    }

    private Place in(Region region, int word) {
        String name = region.name();
        return switch (name) {
            case "rcu" -> new Place(Kind.RCU, name, 0, word);
            case "sbi.firmware" -> new Place(Kind.FIRMWARE, name, 0, word);
            case "interconnect" -> new Place(Kind.INTERCONNECT, name, 0, word);
            case "frames.fresh", "frames.recycled", "table_stash" -> new Place(Kind.BITMAP, name, 0, word);
            case "table_lock.ADDRESS_SPACE",
                    "table_lock.ADDRESS_SPACE_ENTRY_BEFORE",
                    "table_lock.ADDRESS_SPACE_FREER_ONLY" ->
                new Place(Kind.TABLE_LOCK, name, PhysicalMemory.NO_FRAME, 0);
            case "table_lock.OWN_DESCRIPTOR" -> new Place(Kind.TABLE_LOCK, name, firstFrame + word, 0);
            case "table_counts.RECHECKED",
                    "table_counts.UNCHECKED",
                    "table_counts.BLIND",
                    "table_counts.OWN_DESCRIPTOR" -> new Place(Kind.TABLE_COUNT, name, firstFrame + word, 0);
            case MEM_MAP -> {
                Kind kind = word % DESCRIPTOR_WORDS == 0 ? Kind.REFERENCES : Kind.STATE;
                yield new Place(kind, name, firstFrame + word / DESCRIPTOR_WORDS, 0);
            }
            case DRAM -> new Place(Kind.FRAME, name, firstFrame + word / wordsPerFrame, word % wordsPerFrame);
            default -> ofHartOrOther(name, word);
        };
    }

    private static Place ofHartOrOther(String name, int word) {
        Matcher hart = HART.matcher(name);
        if (hart.matches()) {
            return new Place(hartKind(hart.group(2)), name, Long.parseLong(hart.group(1)), word);
        }
        Matcher space = MM.matcher(name);
        return space.matches()
                ? new Place(Kind.MM, name, Long.parseLong(space.group(1)), word)
                : new Place(Kind.OTHER, name, 0, word);
    }

    private static Kind hartKind(String part) {
        return switch (part) {
            case "context" -> Kind.CONTEXT;
            case "mailbox" -> Kind.MAILBOX;
            default -> Kind.COUNTER;
        };
    }
}
