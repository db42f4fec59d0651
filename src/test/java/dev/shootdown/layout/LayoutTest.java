package dev.shootdown.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.ImageLayout.Region;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.info.GraphLayout;

/**
 * Who shares a cache line with whom: off-heap computed from offsets and the base address, on-heap as JOL sees it. Writes
 * what it found to {@code image-layout.txt} and {@code jol.txt} in {@code target/layout}, or where the system property
 * {@code shootdown.layout.dir} says.
 */
@Tag("slow")
class LayoutTest {
    private static final int LINE = ImageLayout.CACHE_LINE;
    private static final String ACTOR_SIDE = "dev.shootdown.stress.ActorSide";

    private static MachineSpec spec(int harts) {
        return RaceInstance.specOf(Race.of(Walkers.FAST_GUP)).withHarts(harts);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void noTwoRegionsShareACacheLine(int harts) {
        MachineSpec spec = spec(harts);
        ImageLayout layout = spec.layout();
        OffHeapWords words = new OffHeapWords(layout);
        Map<Long, String> ownerOfLine = new HashMap<>();
        for (Region region : layout.regions()) {
            for (int word = 0; word < region.words(); word++) {
                long line = (words.baseAddress() + region.offset() + (long) word * Long.BYTES) / LINE;
                String before = ownerOfLine.putIfAbsent(line, region.name());
                assertTrue(before == null || before.equals(region.name()), () -> region.name() + " and " + before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void eachHartHasItsHotWordsOnLinesOfItsOwn(int harts) {
        ImageLayout layout = spec(harts).layout();
        List<Region> hot = IntStream.range(0, harts)
                .boxed()
                .flatMap(hart -> Stream.of(".context", ".mailbox", ".counters").map(part -> "hart" + hart + part))
                .map(layout::region)
                .toList();
        assertEquals(3 * harts, hot.size());
        for (Region region : hot) {
            assertEquals(0, region.offset() % LINE, region.name() + " starts a line");
            assertEquals(
                    1,
                    layout.regions().stream()
                            .filter(other -> touches(region, other))
                            .count(),
                    region.name());
        }
    }

    /** What a dispatcher or a strategy adds for each hart: whose word is on a line is told by the region's name. */
    @Test
    void wordsThatStrategiesAddForHartsAreOnLinesOfTheirOwn() {
        List<Region> added = Catalogue.all().stream()
                .map(race -> RaceInstance.specOf(race).layout())
                .distinct()
                .flatMap(layout -> layout.regions().stream())
                .filter(region -> region.name().matches("hart[0-9]+\\.(walk_tracker|absence)"))
                .toList();
        assertFalse(added.isEmpty());
        for (Region region : added) {
            assertEquals(0, region.offset() % LINE, region.name());
            assertEquals(1, region.words(), region.name());
        }
    }

    private static boolean touches(Region one, Region other) {
        long lastOfOne = (one.end() - 1) / LINE;
        long lastOfOther = (other.end() - 1) / LINE;
        return one.offset() / LINE <= lastOfOther && other.offset() / LINE <= lastOfOne;
    }

    @ParameterizedTest
    @EnumSource(TableShape.class)
    void noTwoFramesShareACacheLine(TableShape shape) {
        Region frames = MachineSpec.of(SatpMode.SV39).withShape(shape).layout().region("dram");
        assertEquals(0, frames.offset() % LINE);
        assertEquals(0, shape.bytes() % LINE);
    }

    @Test
    void theImageStartsWhereItsMostDemandingRegionNeedsItTo() {
        for (TableShape shape : TableShape.values()) {
            ImageLayout layout = MachineSpec.of(SatpMode.SV39).withShape(shape).layout();
            assertEquals(0, new OffHeapWords(layout).baseAddress() % layout.alignment());
            assertEquals(0, layout.alignment() % (2 * LINE));
            assertEquals(0, layout.region("dram").offset() % shape.bytes());
        }
    }

    @Test
    void theSeparationCheckSeesASharedLine() {
        ImageLayout layout = new ImageLayout();
        Region first = layout.reserve("first", 8);
        Region second = layout.reserve("second", 1);
        assertFalse(touches(first, second));
        assertTrue(touches(new Region("first", first.offset(), 9), second));
    }

    @Test
    void theHeapDoesNotGrowWithFrames() {
        assertEquals(footprint(8).totalSize(), footprint(512).totalSize());
        assertEquals(footprint(8).totalCount(), footprint(512).totalCount());
    }

    private static GraphLayout footprint(int frames) {
        return GraphLayout.parseInstance(Machine.boot(spec(2).withFrames(frames)));
    }

    @Test
    void whatAnActorWritesIsPaddedOnBothSides() throws ClassNotFoundException {
        ClassLayout layout = ClassLayout.parseClass(Class.forName(ACTOR_SIDE));
        List<FieldLayout> fields = written(layout);
        assertTrue(fields.size() >= 5, () -> "only " + fields);
        long first = fields.stream().mapToLong(FieldLayout::offset).min().orElseThrow();
        long end = fields.stream()
                .mapToLong(field -> field.offset() + field.size())
                .max()
                .orElseThrow();
        assertTrue(first >= LINE, () -> "the first field is at byte " + first);
        assertTrue(layout.instanceSize() - end >= LINE, () -> "the last field ends " + end + " of " + layout);
    }

    private static List<FieldLayout> written(ClassLayout layout) {
        return layout.fields().stream()
                .filter(field -> field.classShortName().equals("ActorFields"))
                .toList();
    }

    @Test
    void bothPrintoutsAreWritten() throws IOException, ClassNotFoundException {
        Path directory = Path.of(System.getProperty("shootdown.layout.dir", "target/layout"));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("image-layout.txt"), imagePrintout());
        Files.writeString(directory.resolve("jol.txt"), heapPrintout());
        assertTrue(Files.readString(directory.resolve("image-layout.txt")).contains("hart1.context"));
        assertTrue(Files.readString(directory.resolve("jol.txt")).contains("arrived"));
    }

    private static String imagePrintout() {
        StringBuilder text = new StringBuilder();
        for (int harts = 2; harts <= 3; harts++) {
            ImageLayout layout = spec(harts).layout();
            text.append(harts)
                    .append(" harts, compact Sv39; offsets from a base that is a multiple of ")
                    .append(layout.alignment())
                    .append(" bytes; every region starts a cache line of ")
                    .append(LINE)
                    .append(" bytes\n")
                    .append(layout.printout())
                    .append('\n');
        }
        return text.toString();
    }

    private static String heapPrintout() throws ClassNotFoundException {
        Race race = Race.of(Walkers.FAST_GUP);
        RaceInstance instance = new RaceInstance(race, Machine.boot(RaceInstance.specOf(race)), RaceObserver.NONE);
        return "On-heap footprint of a machine with 8 frames: " + footprint(8).totalSize() + " bytes; with 512 frames: "
                + footprint(512).totalSize() + " bytes\n\n"
                + ClassLayout.parseClass(Class.forName(ACTOR_SIDE)).toPrintable() + "\n"
                + "A race instance with its machine, by class\n"
                + GraphLayout.parseInstance(instance).toFootprint();
    }
}
