package dev.shootdown.walk;

import dev.shootdown.hart.HardwareWalkSection;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Poison;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.Tlb;
import java.util.Arrays;

/**
 * The page-table walker of a hart, with its TLB and page-walk cache: the "Virtual Address Translation Process" of the
 * privileged specification (version 20211203, section 4.3.2), whose step numbers are cited here.
 *
 * <p>It takes no lock and no reference, and no software can make it wait. It starts from what it has cached, whatever memory
 * says meanwhile; it may walk although no instruction asked for it; and it sets accessed and dirty bits itself (Svadu), so it
 * can <em>write</em> into a table. One translation, with the access that it serves, lies between two instruction boundaries:
 * no trap is taken within. Confined to its hart's thread.
 *
 * <p>Safe only if every hart that may have cached an entry has completed a fence that covers it before the table is freed.
 */
public final class HardwareWalk extends EntryReader implements WalkTrace {
    private static final int MAX_LEVELS = 5;

    private final Hart hart;
    private final Tlb tlb;
    private final PageTables tables;
    private final PhysicalMemory memory;
    private final Words words;
    private final WalkProbe probe;
    private final int rootLevel;
    private final int asid;
    private final int owner;
    private final long[] entered = new long[MAX_LEVELS];
    private boolean wroteFreedTable;

    /**
     * A walker whose {@code satp} names the root of {@code tables}, and which {@code probe} stands beside.
     *
     * @param hart the one whose thread walks
     * @param tlb the machine's caches: it fills those of its hart
     * @param tables of the address space to walk
     * @param probe told of each step, for timing and statistics
     */
    public HardwareWalk(Hart hart, Tlb tlb, PageTables tables, WalkProbe probe) {
        super(tables);
        this.hart = hart;
        this.tlb = tlb;
        this.tables = tables;
        this.memory = tables.memory();
        this.words = hart.machine().words();
        this.probe = probe;
        this.rootLevel = tables.mode().rootLevel();
        this.asid = tables.asid();
        this.owner = tables.owner();
    }

    /**
     * Translates an address, from the caches where possible, and accesses the page unless it was speculation.
     *
     * @param virtualAddress any; one that is not canonical faults
     * @param access what it is for
     * @return how the translation ended
     */
    public WalkOutcome access(long virtualAddress, MemoryAccess access) {
        try (HardwareWalkSection section = hart.hardwareWalk()) {
            section.requireOpen();
            begin();
            Arrays.fill(entered, PhysicalMemory.NO_FRAME);
            wroteFreedTable = false;
            WalkOutcome outcome = translate(virtualAddress, access);
            probe.sectionEnds(this);
            return wroteFreedTable ? WalkOutcome.WROTE_FREED_TABLE : WalkOutcome.ofFinding(this, outcome);
        }
    }

    private WalkOutcome translate(long virtualAddress, MemoryAccess access) {
        if (!VirtualAddress.isCanonical(virtualAddress, tables.mode(), tables.shape())) {
            return WalkOutcome.PAGE_FAULT;
        }
        long cached = Tlb.entryOf(tlb.leaf(hart, virtualAddress, asid));
        boolean hit = cached != Tlb.MISS && access.isAllowedBy(cached) && !lacksMarks(cached, access);
        return hit ? use(cached, access) : walk(virtualAddress, access);
    }

    /** Step 1, or where the page-walk cache lets it begin. */
    @Mirrors("translation step 1")
    private WalkOutcome walk(long virtualAddress, MemoryAccess access) {
        long cached = tlb.pointer(hart, virtualAddress, asid);
        boolean hit = cached != Tlb.MISS;
        int level = hit ? Tlb.levelOf(cached) - 1 : rootLevel;
        long table = hit ? Pte.ppn(Tlb.entryOf(cached)) : rootFrame();
        return descend(table, level, virtualAddress, access);
    }

    /**
     * Steps 2 to 8. Where an entry changed under step 7 it is loaded again, as step 2 has it, and may by now be anything: the
     * pointer, say, to a table into which a superpage was split, which step 4 follows.
     */
    @Mirrors("translation steps 2 to 8")
    private WalkOutcome descend(long first, int firstLevel, long virtualAddress, MemoryAccess access) {
        long table = first;
        int level = firstLevel;
        for (; ; ) {
            long entry = entryIn(table, level, virtualAddress);
            if (level > 0 && Pte.decode(entry) == Pte.Kind.TABLE) {
                tlb.fillPointer(hart, virtualAddress, asid, level, entry);
                table = Pte.ppn(entry);
                level--;
            } else if (!isLeafFor(entry, level, access)) {
                return WalkOutcome.PAGE_FAULT;
            } else if (isMarked(table, level, entry, virtualAddress, access)) {
                long marked = entry | access.marks();
                tlb.fillLeaf(hart, virtualAddress, asid, level, marked);
                return use(marked, access);
            }
        }
    }

    @Mirrors("translation step 2")
    private long entryIn(long table, int level, long virtualAddress) {
        long offset = entryOffset(table, level, virtualAddress);
        if (offset == OUTSIDE_MEMORY) {
            return Pte.NONE;
        }
        entered[level] = table;
        probe.nextStep(level);
        return load(offset, level);
    }

    /** Steps 3 (valid), 5 (allowed) and 6 (a superpage must be aligned). */
    private boolean isLeafFor(long entry, int level, MemoryAccess access) {
        TableShape shape = tables.shape();
        long low = (1L << (level * shape.indexBits())) - 1;
        return Pte.decode(entry) == Pte.Kind.LEAF && access.isAllowedBy(entry) && (Pte.ppn(entry) & low) == 0;
    }

    private static boolean lacksMarks(long entry, MemoryAccess access) {
        return (entry & access.marks()) != access.marks();
    }

    /** Whether the entry has the marks of the access: already, or from step 7. */
    private boolean isMarked(long table, int level, long entry, long virtualAddress, MemoryAccess access) {
        return !lacksMarks(entry, access)
                || mark(table, entryOffset(table, level, virtualAddress), entry, entry | access.marks());
    }

    /**
     * Step 7: sets A, and D for a store, if the entry still is what was loaded. A table that turns out to be freed was
     * written to, or freed under a walk that nobody waited for: either must not be.
     */
    @Mirrors("translation step 7")
    private boolean mark(long table, long offset, long entry, long marked) {
        boolean done = update(offset, entry, marked);
        if (done) {
            FrameKind kind = memory.frameTable().kind(table);
            wroteFreedTable = kind != FrameKind.TABLE && kind != FrameKind.DETACHED_TABLE;
        }
        return done;
    }

    /** Step 8, and the access: what it finds tells whose page this is. Stores are not made, only looked for. */
    private WalkOutcome use(long leaf, MemoryAccess access) {
        probe.nextStep(WalkProbe.PIN);
        if (access == MemoryAccess.SPECULATION || findingLevel() >= 0) {
            return WalkOutcome.TRANSLATED;
        }
        long page = Pte.ppn(leaf);
        if (!hasFrame(page)) {
            return WalkOutcome.ACCESS_FAULT;
        }
        // Opaque, both: ordered by the fence that had to come before the page's free, or by nothing at all.
        boolean anothers = memory.frameTable().owner(page) != owner;
        Poison found = Poison.of(words.getOpaque(memory.offsetOfFrame(page)));
        boolean stale = anothers || found == Poison.FREED || found == Poison.FOREIGN;
        return stale ? WalkOutcome.USED_STALE_TRANSLATION : WalkOutcome.TRANSLATED;
    }

    @Override
    public long enteredTable(int level) {
        return entered[level];
    }
}
