package dev.shootdown.hart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineSpecTest {
    private final MachineSpec spec = MachineSpec.of(SatpMode.SV48);

    @Test
    void withoutFurtherAdoItIsTwoHartsAndCompactFramesInQuarantine() {
        assertEquals(
                new MachineSpec(
                        2,
                        SatpMode.SV48,
                        TableShape.COMPACT,
                        32,
                        AllocatorMode.QUARANTINE,
                        Build.SMP,
                        Map.of(),
                        OffHeapWords.DEFAULT_BOUND),
                spec);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 17})
    void aMachineHasOneToSixteenHarts(int harts) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> spec.withHarts(harts));
        assertEquals("harts must be 1..16, not " + harts, thrown.getMessage());
        assertEquals(16, spec.withHarts(16).harts());
    }

    @Test
    void aUniprocessorBuildHasOneHart() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> spec.withBuild(Build.UNIPROCESSOR));
        assertEquals("a UNIPROCESSOR build has one hart, not 2", thrown.getMessage());
        assertEquals(1, spec.withHarts(1).withBuild(Build.UNIPROCESSOR).harts());
    }

    @Test
    void aRegionIsAddedOnce() {
        MachineSpec more = spec.withRegion("mask", 1);
        var thrown = assertThrows(IllegalArgumentException.class, () -> more.withRegion("mask", 2));
        assertEquals("region mask is there already", thrown.getMessage());
        assertEquals(Map.of(), spec.regions(), "a description does not change");
        assertThrows(UnsupportedOperationException.class, () -> more.regions().put("other", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hart0.context", "mem_map", "dram", "frames.fresh"})
    void aRegionMayNotTakeTheNameOfOneThatEveryMachineHas(String name) {
        MachineSpec more = spec.withRegion(name, 1);
        assertThrows(IllegalArgumentException.class, more::layout);
    }

    @Test
    void everyChangeChangesOneThing() {
        MachineSpec changed = spec.withShape(TableShape.ARCHITECTURAL)
                .withFrames(8)
                .withAllocator(AllocatorMode.RECYCLE)
                .withWaitBound(Duration.ofSeconds(1))
                .withRegion("mask", 3)
                .withHarts(1)
                .withBuild(Build.UNIPROCESSOR);
        assertEquals(
                new MachineSpec(
                        1,
                        SatpMode.SV48,
                        TableShape.ARCHITECTURAL,
                        8,
                        AllocatorMode.RECYCLE,
                        Build.UNIPROCESSOR,
                        Map.of("mask", 3),
                        Duration.ofSeconds(1)),
                changed);
    }

    @Test
    void aMachineHasAFrame() {
        assertThrows(IllegalArgumentException.class, () -> spec.withFrames(0).layout());
    }

    @ParameterizedTest
    @EnumSource(TableShape.class)
    void hotWordsOfDifferentHartsAreLinesApart(TableShape shape) {
        ImageLayout layout = spec.withHarts(16).withShape(shape).layout();
        for (int hart = 1; hart < 16; hart++) {
            long before = layout.region("hart" + (hart - 1) + ".context").offset();
            long here = layout.region("hart" + hart + ".context").offset();
            assertEquals(0, here % ImageLayout.CACHE_LINE);
            assertTrue(here - before >= ImageLayout.CACHE_LINE);
        }
    }

    @Test
    void aMachineIsWhatItsDescriptionSays() {
        Machine machine = Machine.boot(spec.withHarts(3).withRegion("mask", 1));
        assertAll(
                () -> assertEquals(3, machine.harts()),
                () -> assertEquals(0b111, machine.allHarts()),
                () -> assertEquals(2, machine.hart(2).id()),
                () -> assertEquals(0b100, machine.hart(2).bit()),
                () -> assertEquals(machine.layout().region("mask").offset(), machine.region("mask")),
                () -> assertEquals(32, machine.memory().frames()),
                () -> assertEquals(
                        FrameKind.UNUSED,
                        machine.memory().frameTable().kind(machine.memory().firstFrame())),
                () -> assertThrows(IllegalArgumentException.class, () -> machine.region("rcu")));
    }
}
