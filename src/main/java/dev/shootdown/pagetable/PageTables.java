package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Words;
import dev.shootdown.pagetable.EntryReader.OtherLives;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;
import java.util.Optional;

/**
 * The tables of one address space, and the words of its {@code mm_struct} that walkers and writers share.
 *
 * <pre>
 *   mm word 0 pgd                frame number of the root table
 *           1 mm_cpumask
 *           2 write_protect_seq  odd while fork copies the tables
 *           3 tlb_flush_pending  gathers under way
 *           4 pgtables           tables constructed and not destructed
 * </pre>
 *
 * <p>An entry is named by its byte offset in the machine's image. Immutable; the words behind it are shared.
 */
public final class PageTables {
    private static final int MM_WORDS = 5;

    private final Words words;
    private final PhysicalMemory memory;
    private final SatpMode mode;
    private final TableShape shape;
    private final int owner;
    private final long mm;
    private final OtherLives otherLives;
    private final Optional<TableCounts> counts;
    private final Optional<TableLock> lock;

    /**
     * The tables of address space {@code owner} on a machine whose description went through {@link #addRegion}.
     *
     * @param owner a small number above 0, which frames given to this address space carry
     */
    public PageTables(Machine machine, int owner) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.mode = machine.spec().satpMode();
        this.shape = machine.spec().shape();
        this.owner = owner;
        this.mm = machine.region(regionOf(owner));
        this.otherLives = NextLife.isOn(machine) ? OtherLives.UNSEEN : OtherLives.FORBIDDEN;
        this.counts = TableCounts.of(machine);
        this.lock = TableLock.of(machine);
    }

    /** Adds the words of address space {@code owner} to a machine's image. */
    public static MachineSpec addRegion(MachineSpec spec, int owner) {
        return spec.withRegion(regionOf(owner), MM_WORDS);
    }

    private static String regionOf(int owner) {
        return "mm" + owner;
    }

    /** The translation mode. */
    public SatpMode mode() {
        return mode;
    }

    /** How large tables are. */
    public TableShape shape() {
        return shape;
    }

    /** The number of this address space, which its frames carry as owner. */
    public int owner() {
        return owner;
    }

    /** The ASID under which harts cache translations of this address space: its number. */
    public int asid() {
        return owner;
    }

    /** The physical memory in which the tables live. */
    public PhysicalMemory memory() {
        return memory;
    }

    Words words() {
        return words;
    }

    /** What software walkers that look again make of tables in another life. */
    public OtherLives otherLives() {
        return otherLives;
    }

    /** The counts of tables, if this machine has them. */
    public Optional<TableCounts> counts() {
        return counts;
    }

    /** The lock that walkers take, if this machine has one. */
    public Optional<TableLock> lock() {
        return lock;
    }

    /** The frame of the root table. */
    public long rootFrame() {
        return words.getOpaque(rootOffset());
    }

    /** Byte offset of the word that holds the root table's frame number. */
    long rootOffset() {
        return mm;
    }

    /** Byte offset of {@code mm_cpumask}. */
    public long cpumaskOffset() {
        return mm + Long.BYTES;
    }

    /** Byte offset of {@code write_protect_seq}. */
    public long writeProtectSeqOffset() {
        return mm + 2L * Long.BYTES;
    }

    /** Byte offset of {@code tlb_flush_pending}. */
    public long flushPendingOffset() {
        return mm + 3L * Long.BYTES;
    }

    /** How many tables, the root included, were constructed and not given to a gather that has finished. */
    public long constructedTables() {
        return words.getOpaque(pgtablesOffset());
    }

    private long pgtablesOffset() {
        return mm + 4L * Long.BYTES;
    }

    /** Allocates the root table. To be called once, before anybody walks. */
    @Mirrors("pgd_alloc")
    public void createRoot() {
        words.setOpaque(mm, allocateTable(TableContents.ZEROED));
    }

    /** Byte offset of the entry for {@code virtualAddress} in the table of {@code level} in frame {@code table}. */
    public long entryOffset(long table, int level, long virtualAddress) {
        return memory.offsetOfFrame(table) + (long) VirtualAddress.index(virtualAddress, level, shape) * Long.BYTES;
    }

    /** What a new table holds. */
    public enum TableContents {
        /** Entries that map nothing, as {@code __GFP_ZERO} gives. */
        ZEROED,
        /** What the frame held before: the mistake of publishing a table before its contents. */
        AS_FOUND
    }

    /**
     * Allocates a table frame and runs its ptdesc constructor.
     *
     * @throws dev.shootdown.memory.FrameMisuse if memory is full
     */
    @Mirrors("pagetable_alloc, pagetable_pte_ctor")
    public long allocateTable(TableContents contents) {
        long frame = memory.allocate(FrameKind.TABLE, owner);
        if (contents == TableContents.ZEROED) {
            zero(frame);
        }
        counts.ifPresent(each -> each.begin(frame));
        count(1);
        return frame;
    }

    /** Makes every entry of a table map nothing. */
    public void zero(long table) {
        memory.fill(table, Pte.NONE);
    }

    /** Hooks a table, or maps a page: the entry becomes visible after everything stored before. */
    @Mirrors("pmd_install")
    public void publish(long entryOffset, long entry) {
        // Release: pairs with EntryReader.load's acquire; the zeroed table is visible before its parent entry.
        words.setRelease(entryOffset, entry);
    }

    /** Maps a page by a leaf entry, under the lock of its table: what was stored to the page before comes first. */
    @Mirrors("set_pte_at")
    public void setLeaf(long entryOffset, long leaf) {
        // Release: pairs with EntryReader.load's acquire; the page is ready before it is mapped.
        words.setRelease(entryOffset, leaf);
    }

    /** As {@link #publish} without the write barrier: the mistake of a missing {@code smp_wmb}. */
    @Mirrors("set_pmd")
    public void publishUnordered(long entryOffset, long entry) {
        words.setOpaque(entryOffset, entry);
    }

    /** Loads an entry for a writer, who has the page-table lock. */
    public long load(long entryOffset) {
        return words.getOpaque(entryOffset);
    }

    /** Clears an entry and returns what it held, with what a hart may have set in it meanwhile. */
    @Mirrors("ptep_get_and_clear")
    public long getAndClear(long entryOffset) {
        return words.getAndSet(entryOffset, Pte.NONE);
    }

    /**
     * Clears the parent entry at {@code entryOffset}, of a table at {@code level + 1}, and runs the destructor of the table
     * it pointed to. Walkers that loaded the entry before may still be on their way into that table.
     *
     * <p>A plain store, no read-modify-write: what orders an unhook before a flush must be in the flush.
     *
     * @return the table that somebody must now free
     */
    @Mirrors("pmd_clear")
    public DetachedTable unhook(long entryOffset, int level) {
        long table = Pte.ppn(load(entryOffset));
        // Opaque: ordered before later reads by the dispatcher's or RCU's full barrier, not here.
        words.setOpaque(entryOffset, Pte.NONE);
        return detach(table, level);
    }

    /**
     * Runs the destructor of a table that no entry leads to any more.
     *
     * @return the table that somebody must now free
     */
    public DetachedTable detach(long table, int level) {
        memory.frameTable().destructTable(table);
        return new DetachedTable(table, level);
    }

    /** Clears the parent entry of a table that somebody else keeps: it is neither destructed nor freed. */
    @Mirrors("pud_clear")
    public void clear(long entryOffset) {
        // Opaque: ordered before what follows by whoever waits for walkers, not here.
        words.setOpaque(entryOffset, Pte.NONE);
    }

    /** Takes {@code tables} off the count, after their frees were queued: {@code mm_dec_nr_ptes}. */
    public void uncount(int tables) {
        count(-tables);
    }

    /**
     * Only who may change the tables counts. Opaque on purpose, as the kernel's {@code atomic_long_add} orders nothing: a full barrier
     * here would stand between a table's zeroing and its publication, and hide that one of the two was forgotten.
     */
    private void count(int tables) {
        words.setOpaque(pgtablesOffset(), words.getOpaque(pgtablesOffset()) + tables);
    }

    /** The descriptors of the frames. */
    public FrameTable frameTable() {
        return memory.frameTable();
    }
}
