package dev.shootdown.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where everything stands in a machine's image: named regions at byte offsets, in the order in which they were reserved.
 *
 * <p>Every region starts on a cache line of its own, so that two harts' hot words are apart by construction. Not
 * thread-safe while regions are being reserved; read-only afterwards.
 */
public final class ImageLayout {
    /** Bytes that harts may contend for as one unit: the cache line of every machine that this runs on today. */
    public static final int CACHE_LINE = 64;

    private final List<Region> regions = new ArrayList<>();
    private long bytes;
    private int alignment = 2 * CACHE_LINE;

    /** A layout without a region. */
    public ImageLayout() {}

    /**
     * A named part of the image.
     *
     * @param name unique in the layout; with an index, what a word of it is called in messages
     * @param offset bytes from the start of the image
     * @param words 64-bit words
     */
    public record Region(String name, long offset, int words) {
        /** {@return the first byte after the region} */
        public long end() {
            return offset + (long) words * Long.BYTES;
        }

        /**
         * {@return whether the byte at {@code other} lies in this region}
         *
         * @param other bytes from the start of the image
         */
        public boolean contains(long other) {
            return other >= offset && other < end();
        }
    }

    /**
     * Reserves {@code words} 64-bit words on fresh cache lines.
     *
     * @param name not in use yet
     * @param words at least 1
     * @return where it stands
     */
    public Region reserve(String name, int words) {
        return reserve(name, words, CACHE_LINE);
    }

    /**
     * Reserves {@code words} 64-bit words from the next multiple of {@code boundary} bytes, a power of two.
     *
     * @param name not in use yet
     * @param words at least 1
     * @param boundary in bytes; one below {@link #CACHE_LINE} counts as that
     * @return where it stands
     */
    public Region reserve(String name, int words, int boundary) {
        if (words <= 0) {
            throw new IllegalArgumentException("region " + name + " needs at least one word, not " + words);
        }
        if (regions.stream().anyMatch(region -> region.name().equals(name))) {
            throw new IllegalArgumentException("region " + name + " is there already");
        }
        int unit = Math.max(boundary, CACHE_LINE);
        Region region = new Region(name, roundUp(bytes, unit), words);
        regions.add(region);
        alignment = Math.max(alignment, unit);
        bytes = roundUp(region.end(), CACHE_LINE);
        return region;
    }

    /**
     * {@return the region called {@code name}}
     *
     * @param name as reserved
     * @throws IllegalArgumentException if there is none of that name
     */
    public Region region(String name) {
        return regions.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no region " + name + "; there are "
                        + regions.stream().map(Region::name).toList()));
    }

    /** {@return all regions, by offset} */
    public List<Region> regions() {
        return Collections.unmodifiableList(regions);
    }

    /** {@return the alignment, in bytes, that the image's base needs: that of its most demanding region} */
    public int alignment() {
        return alignment;
    }

    /** {@return how many bytes the whole image has} */
    public long bytes() {
        return bytes;
    }

    /**
     * {@return the word at {@code offset} in domain words, such as {@code hart0.context[0]}}
     *
     * @param offset bytes from the start of the image
     */
    public String nameOf(long offset) {
        for (Region region : regions) {
            if (region.contains(offset)) {
                return region.name() + "[" + (offset - region.offset()) / Long.BYTES + "]";
            }
        }
        return "0x" + Long.toHexString(offset);
    }

    /** {@return one line a region: offset, size, name} */
    public String printout() {
        StringBuilder lines = new StringBuilder("  offset   bytes  region\n");
        for (Region region : regions) {
            lines.append(
                    String.format("%8d %7d  %s%n", region.offset(), (long) region.words() * Long.BYTES, region.name()));
        }
        return lines.append(String.format("%8d bytes in all%n", bytes)).toString();
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }
}
