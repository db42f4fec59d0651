package dev.shootdown.hart;

import dev.shootdown.memory.AllocatorMode;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a machine is made of. Immutable; the {@code with} methods return changed copies.
 *
 * @param harts 1 to {@link ContextWord#MAX_HARTS}; 1 for a {@link Build#UNIPROCESSOR}
 * @param satpMode how many levels its tables have
 * @param shape how large tables and frames are
 * @param frames frames of physical memory, at least 1
 * @param allocatorMode how freed frames are treated
 * @param build how the kernel was built
 * @param regions further named regions of the image, in 64-bit words: those of RCU, of address spaces
 * @param waitBound after what time a wait gives up
 */
public record MachineSpec(
        int harts,
        SatpMode satpMode,
        TableShape shape,
        int frames,
        AllocatorMode allocatorMode,
        Build build,
        Map<String, Integer> regions,
        Duration waitBound) {

    /**
     * Checks the machine.
     *
     * @throws IllegalArgumentException if there can be none like it
     */
    public MachineSpec {
        if (harts < 1 || harts > ContextWord.MAX_HARTS) {
            throw new IllegalArgumentException("harts must be 1.." + ContextWord.MAX_HARTS + ", not " + harts);
        }
        if (build == Build.UNIPROCESSOR && harts != 1) {
            throw new IllegalArgumentException("a UNIPROCESSOR build has one hart, not " + harts);
        }
        regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    }

    /**
     * {@return two harts, compact tables, 32 frames, quarantine, an SMP build}
     *
     * @param satpMode how many levels its tables have
     */
    public static MachineSpec of(SatpMode satpMode) {
        return new MachineSpec(
                2,
                satpMode,
                TableShape.COMPACT,
                32,
                AllocatorMode.QUARANTINE,
                Build.SMP,
                Map.of(),
                OffHeapWords.DEFAULT_BOUND);
    }

    /**
     * Changes the number of harts.
     *
     * @param count 1 to {@link ContextWord#MAX_HARTS}
     * @return the changed copy
     */
    public MachineSpec withHarts(int count) {
        return new MachineSpec(count, satpMode, shape, frames, allocatorMode, build, regions, waitBound);
    }

    /**
     * Changes how large tables and frames are.
     *
     * @param newShape of tables and frames
     * @return the changed copy
     */
    public MachineSpec withShape(TableShape newShape) {
        return new MachineSpec(harts, satpMode, newShape, frames, allocatorMode, build, regions, waitBound);
    }

    /**
     * Changes the number of frames.
     *
     * @param count at least 1
     * @return the changed copy
     */
    public MachineSpec withFrames(int count) {
        return new MachineSpec(harts, satpMode, shape, count, allocatorMode, build, regions, waitBound);
    }

    /**
     * Changes how freed frames are treated.
     *
     * @param mode whether freed frames are handed out again
     * @return the changed copy
     */
    public MachineSpec withAllocator(AllocatorMode mode) {
        return new MachineSpec(harts, satpMode, shape, frames, mode, build, regions, waitBound);
    }

    /**
     * Changes how the kernel was built.
     *
     * @param newBuild {@link Build#UNIPROCESSOR} for one hart only
     * @return the changed copy
     */
    public MachineSpec withBuild(Build newBuild) {
        return new MachineSpec(harts, satpMode, shape, frames, allocatorMode, newBuild, regions, waitBound);
    }

    /**
     * Changes after what time a wait gives up.
     *
     * @param bound in real time, from where the wait begins
     * @return the changed copy
     */
    public MachineSpec withWaitBound(Duration bound) {
        return new MachineSpec(harts, satpMode, shape, frames, allocatorMode, build, regions, bound);
    }

    /**
     * Adds a region to the image.
     *
     * @param name what {@link Machine#region} finds it by
     * @param words how many 64-bit words, at least 1
     * @return the changed copy
     */
    public MachineSpec withRegion(String name, int words) {
        Map<String, Integer> more = new LinkedHashMap<>(regions);
        if (more.put(name, words) != null) {
            throw new IllegalArgumentException("region " + name + " is there already");
        }
        return new MachineSpec(harts, satpMode, shape, frames, allocatorMode, build, more, waitBound);
    }

    /**
     * Adds a region for each hart to the image: each on cache lines of its own, as the harts' other words are. To be done once the
     * number of harts is settled.
     *
     * @param name with the hart before it, what {@link Machine#regionsOfHarts} finds them by
     * @param words how many 64-bit words a hart, at least 1
     * @return the changed copy
     */
    public MachineSpec withRegionOfHarts(String name, int words) {
        MachineSpec spec = this;
        for (int hart = 0; hart < harts; hart++) {
            spec = spec.withRegion(regionOfHart(hart, name), words);
        }
        return spec;
    }

    /**
     * {@return whether {@link #withRegionOfHarts} added it}
     *
     * @param name as there
     */
    public boolean hasRegionOfHarts(String name) {
        return regions.containsKey(regionOfHart(0, name));
    }

    static String regionOfHart(int hart, String name) {
        return "hart" + hart + "." + name;
    }

    /**
     * {@return where everything stands in the image of such a machine: the same for every machine of this description}
     */
    public ImageLayout layout() {
        ImageLayout layout = new ImageLayout();
        for (int hart = 0; hart < harts; hart++) {
            Hart.reserve(layout, hart, harts);
        }
        regions.forEach(layout::reserve);
        PhysicalMemory.reserve(layout, shape.pageShift(), frames);
        return layout;
    }
}
