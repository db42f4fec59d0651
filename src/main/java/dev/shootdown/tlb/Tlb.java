package dev.shootdown.tlb;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;
import dev.shootdown.hart.TranslationCaches;
import dev.shootdown.memory.Words;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;

/**
 * What harts have cached of page tables: each has a TLB of two leaf entries and a page-walk cache of two pointers.
 *
 * <pre>
 *   a hart's words   0, 1  leaf tags       4, 5  pointer tags
 *                    2, 3  leaf entries    6, 7  pointers
 *   a tag            63    49 48                4 3     1 0
 *                    [ ASID  ][ VPN down to level ][ level ][V]
 * </pre>
 *
 * <p>An address has its place in each by one bit of its page number, or of its level: what is there already is replaced.
 * A cached entry may be used until a fence covers it, whatever memory says meanwhile.
 *
 * <p>Filled by the hart's walker within a hardware walk, emptied by whoever fences on the hart, outside of one; the context
 * word keeps the two apart, so no access here needs an order of its own. ASIDs have 15 bits (ASIDLEN = 15).
 */
public final class Tlb implements TranslationCaches {
    /** What a look-up answers if nothing is cached. */
    public static final long MISS = 0;

    private static final String REGION = "tlb";
    private static final int WORDS_PER_HART = 8;
    private static final int PLACES = 2;
    private static final int LEAVES = 0;
    private static final int POINTERS = 2 * PLACES;
    private static final long EMPTY = 0;
    private static final int LEVEL_SHIFT = 1;
    private static final int LEVEL_MASK = 7;
    private static final int VPN_SHIFT = 4;
    private static final int VPN_BITS = 45;
    private static final int ASID_SHIFT = VPN_SHIFT + VPN_BITS;
    private static final int MAX_ASID = (1 << (Long.SIZE - ASID_SHIFT)) - 1;
    /** Where an answer carries the level that the entry stands at: bits that are reserved, so zero, in the entry itself. */
    private static final int ANSWER_LEVEL_SHIFT = 54;

    private final Words words;
    private final TableShape shape;
    private final long base;

    /**
     * The caches of a machine whose description went through {@link #addRegion}; fences empty them from now on.
     *
     * @param machine one whose description went through {@link #addRegion}
     */
    public Tlb(Machine machine) {
        this.words = machine.words();
        this.shape = machine.spec().shape();
        this.base = machine.region(REGION);
        machine.cacheTranslations(this);
    }

    /**
     * {@return the description with a region for the caches of every hart; the number of harts must not change
     * afterwards}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, spec.harts() * WORDS_PER_HART);
    }

    /**
     * {@return the leaf entry that {@code hart} has cached for an address, with its {@link #levelOf level}, or
     * {@link #MISS}}
     *
     * @param hart the one whose walker calls, within a hardware walk
     * @param virtualAddress any address of the page
     * @param asid 0 to 32,767
     */
    public long leaf(Hart hart, long virtualAddress, int asid) {
        return lowest(hart, LEAVES, virtualAddress, asid);
    }

    /**
     * {@return the pointer nearest to the leaf that {@code hart} has cached for an address, with its level, or
     * {@link #MISS}}
     *
     * @param hart the one whose walker calls, within a hardware walk
     * @param virtualAddress any address of the page
     * @param asid 0 to 32,767
     */
    public long pointer(Hart hart, long virtualAddress, int asid) {
        return lowest(hart, POINTERS, virtualAddress, asid);
    }

    private long lowest(Hart hart, int part, long virtualAddress, int asid) {
        long found = MISS;
        for (int place = 0; place < PLACES; place++) {
            long offset = offset(hart, part, place);
            long tag = words.getOpaque(offset);
            boolean better = found == MISS || levelOfTag(tag) < levelOf(found);
            if (tag != EMPTY && better && vpnOf(tag) == vpn(virtualAddress, levelOfTag(tag))) {
                long entry = words.getOpaque(offset + PLACES * Long.BYTES);
                found = isFor(tag, entry, asid) ? entry | (long) levelOfTag(tag) << ANSWER_LEVEL_SHIFT : found;
            }
        }
        return found;
    }

    private static boolean isFor(long tag, long entry, int asid) {
        return tag >>> ASID_SHIFT == asid || (entry & Pte.G) != 0;
    }

    /**
     * {@return the entry of an answer, as memory had it}
     *
     * @param answer from {@link #leaf} or {@link #pointer}, not {@link #MISS}
     */
    public static long entryOf(long answer) {
        return answer & ~Pte.RESERVED;
    }

    /**
     * {@return the level of the table that the entry of an answer stood in}
     *
     * @param answer from {@link #leaf} or {@link #pointer}, not {@link #MISS}
     */
    public static int levelOf(long answer) {
        return (int) (answer >>> ANSWER_LEVEL_SHIFT) & LEVEL_MASK;
    }

    /**
     * Caches a leaf entry that {@code hart} loaded from a table of {@code level}.
     *
     * @param hart the one whose walker calls, within a hardware walk
     * @param virtualAddress any address of the page
     * @param asid 0 to 32,767
     * @param level 0 for a base page
     * @param entry as loaded
     */
    public void fillLeaf(Hart hart, long virtualAddress, int asid, int level, long entry) {
        int place = (int) vpn(virtualAddress, level) & (PLACES - 1);
        fill(offset(hart, LEAVES, place), tag(virtualAddress, asid, level), entry);
    }

    /**
     * Caches a pointer that {@code hart} loaded from a table of {@code level}, at least 1.
     *
     * @param hart the one whose walker calls, within a hardware walk
     * @param virtualAddress any address of the page
     * @param asid 0 to 32,767
     * @param level of the table that the entry stood in
     * @param entry as loaded
     */
    public void fillPointer(Hart hart, long virtualAddress, int asid, int level, long entry) {
        int place = (level - 1) & (PLACES - 1);
        fill(offset(hart, POINTERS, place), tag(virtualAddress, asid, level), entry);
    }

    private void fill(long offset, long tag, long entry) {
        words.setOpaque(offset, tag);
        words.setOpaque(offset + PLACES * Long.BYTES, entry);
    }

    private long tag(long virtualAddress, int asid, int level) {
        if (asid < 0 || asid > MAX_ASID) {
            throw new IllegalArgumentException("ASID " + asid + " is outside 0.." + MAX_ASID);
        }
        return (long) asid << ASID_SHIFT
                | vpn(virtualAddress, level) << VPN_SHIFT
                | (long) level << LEVEL_SHIFT
                | Pte.V;
    }

    @Override
    @Mirrors("sfence.vma")
    public void invalidate(Hart hart, SfenceVma fence) {
        invalidate(hart, LEAVES, fence);
        // With rs1 naming addresses, only leaf entries are covered: pointers survive.
        if (fence.extent() == FenceExtent.EVERYTHING) {
            invalidate(hart, POINTERS, fence);
        }
    }

    private void invalidate(Hart hart, int part, SfenceVma fence) {
        for (int place = 0; place < PLACES; place++) {
            long offset = offset(hart, part, place);
            long tag = words.getOpaque(offset);
            if (tag != EMPTY && coversAddress(fence, tag) && coversSpace(fence, tag, offset)) {
                words.setOpaque(offset, EMPTY);
            }
        }
    }

    private boolean coversAddress(SfenceVma fence, long tag) {
        if (fence.extent() == FenceExtent.EVERYTHING) {
            return true;
        }
        int level = levelOfTag(tag);
        long first = vpn(fence.start(), level);
        long last = vpn(fence.start() + Math.max(fence.size(), 1) - 1, level);
        return vpnOf(tag) >= first && vpnOf(tag) <= last;
    }

    /** With rs2 naming an address space, global entries are spared. */
    private boolean coversSpace(SfenceVma fence, long tag, long offset) {
        if (fence.asid() == SfenceVma.EVERY_ASID) {
            return true;
        }
        boolean global = (words.getOpaque(offset + PLACES * Long.BYTES) & Pte.G) != 0;
        return !global && tag >>> ASID_SHIFT == fence.asid();
    }

    private long offset(Hart hart, int part, int place) {
        return base + ((long) hart.id() * WORDS_PER_HART + part + place) * Long.BYTES;
    }

    private long vpn(long virtualAddress, int level) {
        long page = virtualAddress >> Long.numberOfTrailingZeros(VirtualAddress.entrySpan(level, shape));
        return page & ((1L << VPN_BITS) - 1);
    }

    private static long vpnOf(long tag) {
        return (tag >>> VPN_SHIFT) & ((1L << VPN_BITS) - 1);
    }

    private static int levelOfTag(long tag) {
        return (int) (tag >>> LEVEL_SHIFT) & LEVEL_MASK;
    }
}
