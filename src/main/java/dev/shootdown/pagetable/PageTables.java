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
import java.util.List;
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
    private static final String REGION = "mm";

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
     * @param machine may hold other address spaces too
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

    /**
     * {@return the description with the words of address space {@code owner}}
     *
     * @param spec the machine so far
     * @param owner above 0, not added yet
     */
    public static MachineSpec addRegion(MachineSpec spec, int owner) {
        return spec.withRegion(regionOf(owner), MM_WORDS);
    }

    /**
     * {@return the numbers of a machine's address spaces, in no order}
     *
     * @param machine whose description went through {@link #addRegion}, once for each
     */
    public static List<Integer> owners(Machine machine) {
        return machine.spec().regions().keySet().stream()
                .filter(name -> name.matches(REGION + "[0-9]+"))
                .map(name -> Integer.valueOf(name.substring(REGION.length())))
                .toList();
    }

    private static String regionOf(int owner) {
        return REGION + owner;
    }

    /** {@return the translation mode} */
    public SatpMode mode() {
        return mode;
    }

    /** {@return how large tables are} */
    public TableShape shape() {
        return shape;
    }

    /** {@return the number of this address space, which its frames carry as owner} */
    public int owner() {
        return owner;
    }

    /** {@return the ASID under which harts cache translations of this address space: its number} */
    public int asid() {
        return owner;
    }

    /** {@return the physical memory in which the tables live} */
    public PhysicalMemory memory() {
        return memory;
    }

    Words words() {
        return words;
    }

    /** {@return what software walkers that look again make of tables in another life} */
    public OtherLives otherLives() {
        return otherLives;
    }

    /** {@return the counts of tables, if this machine has them} */
    public Optional<TableCounts> counts() {
        return counts;
    }

    /** {@return the lock that walkers take, if this machine has one} */
    public Optional<TableLock> lock() {
        return lock;
    }

    /** {@return the frame of the root table} */
    public long rootFrame() {
        return words.getOpaque(rootOffset());
    }

    /** Byte offset of the word that holds the root table's frame number. */
    long rootOffset() {
        return mm;
    }

    /** {@return the byte offset of {@code mm_cpumask}} */
    public long cpumaskOffset() {
        return mm + Long.BYTES;
    }

    /** {@return the byte offset of {@code write_protect_seq}} */
    public long writeProtectSeqOffset() {
        return mm + 2L * Long.BYTES;
    }

    /** {@return the byte offset of {@code tlb_flush_pending}} */
    public long flushPendingOffset() {
        return mm + 3L * Long.BYTES;
    }

    /** {@return how many tables, the root included, were constructed and not given to a gather that has finished} */
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

    /**
     * {@return the byte offset of the entry for {@code virtualAddress} in the table of {@code level} in frame
     * {@code table}}
     *
     * @param table its frame's number
     * @param level 0 for a pte table
     * @param virtualAddress any address that the entry covers
     * @throws dev.shootdown.memory.AddressOutsideMemory if memory has no such frame
     */
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
     * {@return the number of a fresh table frame, its ptdesc constructor run}
     *
     * @param contents whether old contents may show
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

    /**
     * Makes every entry of a table map nothing.
     *
     * @param table its frame's number; nobody else should reach it yet
     */
    public void zero(long table) {
        memory.fill(table, Pte.NONE);
    }

    /**
     * Hooks a table, or maps a page: the entry becomes visible after everything stored before.
     *
     * @param entryOffset in bytes, in the image
     * @param entry 64 bits
     */
    @Mirrors("pmd_install")
    public void publish(long entryOffset, long entry) {
        // Release: pairs with EntryReader.load's acquire; the zeroed table is visible before its parent entry.
        words.setRelease(entryOffset, entry);
    }

    /**
     * Maps a page by a leaf entry, under the lock of its table: what was stored to the page before comes first.
     *
     * @param entryOffset in bytes, in the image
     * @param leaf the entry
     */
    @Mirrors("set_pte_at")
    public void setLeaf(long entryOffset, long leaf) {
        // Release: pairs with EntryReader.load's acquire; the page is ready before it is mapped.
        words.setRelease(entryOffset, leaf);
    }

    /**
     * As {@link #publish} without the write barrier: the mistake of a missing {@code smp_wmb}.
     *
     * @param entryOffset in bytes, in the image
     * @param entry 64 bits
     */
    @Mirrors("set_pmd")
    public void publishUnordered(long entryOffset, long entry) {
        words.setOpaque(entryOffset, entry);
    }

    /**
     * {@return the entry, loaded for a writer, who has the page-table lock}
     *
     * @param entryOffset in bytes, in the image
     */
    public long load(long entryOffset) {
        return words.getOpaque(entryOffset);
    }

    /**
     * Clears an entry.
     *
     * @param entryOffset in bytes, in the image
     * @return what it held, with what a hart may have set in it meanwhile
     */
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
     * @param entryOffset in bytes, in the image
     * @param level of the table, not of the entry's
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
     * @param table its frame's number
     * @param level 0 for a pte table
     * @return the table that somebody must now free
     */
    public DetachedTable detach(long table, int level) {
        memory.frameTable().destructTable(table);
        return new DetachedTable(table, level);
    }

    /**
     * Clears the parent entry of a table that somebody else keeps: it is neither destructed nor freed.
     *
     * @param entryOffset in bytes, in the image
     */
    @Mirrors("pud_clear")
    public void clear(long entryOffset) {
        // Opaque: ordered before what follows by whoever waits for walkers, not here.
        words.setOpaque(entryOffset, Pte.NONE);
    }

    /**
     * Takes {@code tables} off the count, after their frees were queued: {@code mm_dec_nr_ptes}.
     *
     * @param tables how many
     */
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

    /** {@return the descriptors of the frames} */
    public FrameTable frameTable() {
        return memory.frameTable();
    }
}
