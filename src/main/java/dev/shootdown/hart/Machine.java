package dev.shootdown.hart;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Harts around one image of shared words: their contexts, further named regions, {@code mem_map} and the frames.
 *
 * <p>All state that harts share is in the image, at offsets that are the same for every machine of a description; physical
 * addresses are relative to it. So a machine can be set back by copying a template over it. What is on the Java heap is
 * wiring and does not change after construction, nor grow with the number of frames.
 */
public final class Machine {
    private final MachineSpec spec;
    private final ImageLayout layout;
    private final Words words;
    private final PhysicalMemory memory;
    private final Hart[] harts;
    private final int[][] tickets;
    private TranslationCaches translationCaches = TranslationCaches.NONE;
    private final List<IpiFunction> ipiFunctions = new ArrayList<>();

    private Machine(MachineSpec spec, ImageLayout layout, Words words) {
        this.spec = spec;
        this.layout = layout;
        this.words = words;
        this.memory =
                PhysicalMemory.attach(words, layout, spec.shape().pageShift(), spec.frames(), spec.allocatorMode());
        this.harts = new Hart[spec.harts()];
        Arrays.setAll(harts, id -> new Hart(this, id));
        this.tickets = new int[spec.harts()][spec.harts()];
    }

    /**
     * {@return a machine in off-heap memory, all harts with interrupts on, all frames unused}
     *
     * @param spec its description
     */
    public static Machine boot(MachineSpec spec) {
        ImageLayout layout = spec.layout();
        return boot(spec, layout, new OffHeapWords(layout, spec.waitBound()));
    }

    /**
     * {@return a machine over zeroed words of the given layout, which must be that of {@code spec}}
     *
     * @param spec its description
     * @param layout what {@link MachineSpec#layout} says
     * @param words all zero
     */
    public static Machine boot(MachineSpec spec, ImageLayout layout, Words words) {
        Machine machine = new Machine(spec, layout, words);
        machine.memory.format();
        return machine;
    }

    /**
     * {@return a machine over words that already hold one of the same description}
     *
     * @param spec the same description
     * @param layout what {@link MachineSpec#layout} says
     * @param words a copy of a machine's, for example
     */
    public static Machine attach(MachineSpec spec, ImageLayout layout, Words words) {
        return new Machine(spec, layout, words);
    }

    /** {@return what it was made after} */
    public MachineSpec spec() {
        return spec;
    }

    /** {@return where everything stands in its image} */
    public ImageLayout layout() {
        return layout;
    }

    /** {@return its image} */
    public Words words() {
        return words;
    }

    /** {@return its frames} */
    public PhysicalMemory memory() {
        return memory;
    }

    /** {@return how many harts there are} */
    public int harts() {
        return harts.length;
    }

    /**
     * {@return the hart of that number, from 0}
     *
     * @param id below {@link #harts}
     */
    public Hart hart(int id) {
        return harts[id];
    }

    /** {@return a mask with the bit of every hart} */
    public long allHarts() {
        return (1L << harts.length) - 1;
    }

    /**
     * {@return the byte offset of a region that the description added}
     *
     * @param name as in {@link MachineSpec#withRegion}
     * @throws IllegalArgumentException if there is none of that name
     */
    public long region(String name) {
        return layout.region(name).offset();
    }

    /**
     * {@return the byte offsets of the regions that the description added for each hart, by the hart's number}
     *
     * @param name as in {@link MachineSpec#withRegionOfHarts}
     * @throws IllegalArgumentException if there are none of that name
     */
    public long[] regionsOfHarts(String name) {
        long[] offsets = new long[harts()];
        Arrays.setAll(offsets, hart -> region(MachineSpec.regionOfHart(hart, name)));
        return offsets;
    }

    /**
     * Makes a function callable by inter-processor interrupt. To be done while the machine is wired, in the same order for
     * every machine of a description.
     *
     * @param function what each interrupted hart runs
     * @return what calls it
     */
    public Ipi ipi(IpiFunction function) {
        ipiFunctions.add(function);
        return new Ipi(this, ipiFunctions.size() - 1);
    }

    /**
     * Gives the harts caches of translations, which fences empty from now on. To be done while the machine is wired.
     *
     * @param caches emptied from now on whenever a hart fences
     */
    public void cacheTranslations(TranslationCaches caches) {
        translationCaches = caches;
    }

    TranslationCaches translationCaches() {
        return translationCaches;
    }

    IpiFunction ipiFunction(int number) {
        return ipiFunctions.get(number);
    }

    /** Scratch space for the tickets that {@code sender} waits for: confined to its thread, so no call allocates. */
    int[] ticketsOf(Hart sender) {
        return tickets[sender.id()];
    }

    /**
     * {@return the mask itself, if it names harts of this machine only}
     *
     * @param mask a bit a hart
     * @throws IllegalArgumentException if it does not
     */
    public long checkMask(long mask) {
        if ((mask & ~allHarts()) != 0) {
            throw new IllegalArgumentException(String.format(
                    "mask 0x%x names harts beyond the %d of this machine (mask 0x%x)", mask, harts.length, allHarts()));
        }
        return mask;
    }
}
