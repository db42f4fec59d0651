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

    /**
     * A named part of the image: {@code blocks} blocks of {@code blockWords} 64-bit words, {@code stride} bytes from one to
     * the next.
     *
     * @param offset bytes from the start of the image to the first block
     */
    public record Region(String name, long offset, int blockWords, int blocks, int stride) {
        /** 64-bit words in all blocks. */
        public int words() {
            return blockWords * blocks;
        }

        /** Byte offset of word number {@code index}, counted through all blocks. */
        public long offsetOf(int index) {
            return offset + (long) (index / blockWords) * stride + (long) (index % blockWords) * Long.BYTES;
        }

        /** The first byte after the last block. */
        public long end() {
            return offset + (long) (blocks - 1) * stride + (long) blockWords * Long.BYTES;
        }

        /** Whether the byte at {@code other} lies in one of the blocks. */
        public boolean contains(long other) {
            return other >= offset && other < end() && (other - offset) % stride < (long) blockWords * Long.BYTES;
        }

        private int indexOf(long other) {
            long within = other - offset;
            return (int) (within / stride) * blockWords + (int) (within % stride) / Long.BYTES;
        }
    }

    /** Reserves {@code words} 64-bit words on fresh cache lines. */
    public Region reserve(String name, int words) {
        return reserve(name, words, 1, words * Long.BYTES, CACHE_LINE);
    }

    /**
     * Reserves {@code blocks} blocks of {@code blockWords} 64-bit words.
     *
     * @param stride bytes from one block to the next, at least a block's size
     * @param alignment bytes, a power of two, that the first block's offset is a multiple of
     */
    public Region reserve(String name, int blockWords, int blocks, int stride, int alignment) {
        if (blockWords <= 0 || blocks <= 0 || stride < blockWords * Long.BYTES) {
            throw new IllegalArgumentException("region " + name + " needs words, blocks and a stride that holds a block, not "
                    + blockWords + ", " + blocks + ", " + stride);
        }
        int unit = Math.max(alignment, CACHE_LINE);
        Region region = new Region(name, roundUp(bytes, unit), blockWords, blocks, stride);
        regions.add(region);
        this.alignment = Math.max(this.alignment, unit);
        bytes = roundUp(region.end(), CACHE_LINE);
        return region;
    }

    /** The region called {@code name}. */
    public Region region(String name) {
        return regions.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no region " + name + "; there are "
                        + regions.stream().map(Region::name).toList()));
    }

    /** All regions, by offset. */
    public List<Region> regions() {
        return Collections.unmodifiableList(regions);
    }

    /** The alignment, in bytes, that the image's base needs: that of its most demanding region. */
    public int alignment() {
        return alignment;
    }

    /** Bytes of the whole image. */
    public long bytes() {
        return bytes;
    }

    /** The word at {@code offset} in domain words, such as {@code hart0.context[0]}. */
    public String nameOf(long offset) {
        for (Region region : regions) {
            if (region.contains(offset)) {
                return region.name() + "[" + region.indexOf(offset) + "]";
            }
        }
        return "0x" + Long.toHexString(offset);
    }

    /** One line a region: offset, size, name. */
    public String printout() {
        StringBuilder lines = new StringBuilder("  offset  blocks  words  stride  region\n");
        for (Region region : regions) {
            lines.append(String.format(
                    "%8d  %6d %6d %7d  %s%n",
                    region.offset(), region.blocks(), region.blockWords(), region.stride(), region.name()));
        }
        return lines.append(String.format("%8d bytes in all%n", bytes)).toString();
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }
}
