package dev.shootdown.mm;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.IpiFunction;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.pagetable.MmapLock;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.pagetable.PageTables.TableContents;
import dev.shootdown.pagetable.WalkTracker;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.VirtualAddress;
import dev.shootdown.tlb.MmCpumask;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.tlb.TlbFlush;
import java.util.Optional;

/**
 * A writer's view of one address space: its tables, who is told when they change, and where deferred frees go.
 *
 * <p>Mapping and unmapping need exclusive access, as {@code mmap_lock} gives; walkers need none.
 */
public final class AddressSpace {
    private final PageTables tables;
    private final PhysicalMemory memory;
    private final MmCpumask cpumask;
    private final TlbFlush flush;
    private final Rcu rcu;
    private final TableBatch tableBatch;
    private final Ipi syncOne;
    private final Optional<WalkTracker> tracker;
    private final Keeping keeping;
    private final Optional<MmapLock> mmapLock;
    private final Optional<KernelTableWork> kernelTableWork;

    /**
     * An address space over {@code tables} whose flushes go through {@code shootdown}.
     *
     * @param machine whose memory the tables live in
     * @param tables what is changed
     * @param shootdown carries the fences
     * @param rcu where frees are deferred
     */
    public AddressSpace(Machine machine, PageTables tables, Shootdown shootdown, Rcu rcu) {
        this.tables = tables;
        this.memory = machine.memory();
        this.cpumask = new MmCpumask(machine.words(), tables.cpumaskOffset());
        this.flush = new TlbFlush(machine.words(), cpumask, shootdown);
        this.rcu = rcu;
        this.tableBatch = new TableBatch(machine, rcu);
        this.syncOne = machine.ipi(IpiFunction.NOTHING);
        this.tracker = WalkTracker.of(machine);
        this.keeping = new Keeping(machine, tables);
        this.mmapLock = MmapLock.of(machine);
        this.kernelTableWork = KernelTableWork.of(machine);
    }

    /**
     * {@return another address space of the same machine, over the same dispatcher and RCU}
     *
     * @param machine the same
     * @param ofOther its tables
     */
    public AddressSpace another(Machine machine, PageTables ofOther) {
        return new AddressSpace(machine, ofOther, flush.shootdown(), rcu);
    }

    /** {@return the tables that are changed} */
    public PageTables tables() {
        return tables;
    }

    /** {@return which harts are told} */
    public MmCpumask cpumask() {
        return cpumask;
    }

    TlbFlush flush() {
        return flush;
    }

    /** {@return where deferred frees wait} */
    public Rcu rcu() {
        return rcu;
    }

    TableBatch tableBatch() {
        return tableBatch;
    }

    Keeping keeping() {
        return keeping;
    }

    @Mirrors("tlb_remove_table_sync_one")
    void interruptAllHarts(Hart sender) {
        syncOne.call(sender, sender.machine().allHarts());
    }

    /** Interrupts the harts whose flag says that they walk, after whatever barrier the caller had. */
    void interruptWalkingHarts(Hart sender) {
        WalkTracker flags =
                tracker.orElseThrow(() -> new IllegalStateException("this machine has no walk tracker to ask"));
        long walking = flags.walking() & ~sender.bit();
        if (walking != 0) {
            syncOne.call(sender, walking);
        }
    }

    /** Hooks a table of somebody else's in, at {@code level}, with the tables above it that that takes. */
    void hook(long table, long virtualAddress, TableLevel level) {
        tables.publish(entryFor(virtualAddress, level.level() + 1), Pte.table(table));
    }

    /** Waits until whoever has {@code mmap_lock} for writing has given it back. */
    void waitForMmapWriters(Hart waiter) {
        MmapLock lock = mmapLock.orElseThrow(() -> new IllegalStateException("this machine has no mmap_lock to take"));
        lock.lockRead(waiter);
        lock.unlockRead();
    }

    /** Runs on {@code hart} what frees tables there sooner or later. */
    void serveQueues(Hart hart) {
        rcu.runCallbacks(hart);
        kernelTableWork.filter(work -> !work.hasOwnHart()).ifPresent(work -> work.run(hart));
    }

    KernelTableWork kernelTableWork() {
        return kernelTableWork.orElseThrow(
                () -> new IllegalStateException("this machine has no worker to free tables of the kernel"));
    }

    /**
     * Maps a fresh page, with the tables that takes.
     *
     * @param virtualAddress any address of the page, canonical
     * @return the page's frame
     * @throws IllegalStateException if something is mapped there already
     */
    public long map(long virtualAddress) {
        return mapLeaf(virtualAddress, 0);
    }

    /**
     * Maps a fresh huge page by a leaf at the pmd or pud level.
     *
     * @param virtualAddress any address of the huge page, canonical
     * @param level {@link TableLevel#PMD} or {@link TableLevel#PUD}
     * @return the first frame of its folio
     * @throws IllegalArgumentException for another level, or if the shape makes such a page larger than 64 frames
     */
    public long mapHuge(long virtualAddress, TableLevel level) {
        if (level != TableLevel.PMD && level != TableLevel.PUD) {
            throw new IllegalArgumentException("huge pages are mapped at PMD or PUD, not " + level);
        }
        return mapLeaf(virtualAddress, level.level());
    }

    private long mapLeaf(long virtualAddress, int level) {
        long parent = entryFor(virtualAddress, level);
        if (Pte.isPresent(tables.load(parent))) {
            throw new IllegalStateException("0x" + Long.toHexString(virtualAddress) + " is mapped already");
        }
        long frame = memory.allocateFolio(level * tables.shape().indexBits(), tables.owner());
        tables.publish(parent, Pte.leaf(frame));
        return frame;
    }

    /** The offset of the entry at {@code level} for an address, after building the tables above it. */
    private long entryFor(long virtualAddress, int level) {
        checkCanonical(virtualAddress);
        long table = tables.rootFrame();
        for (int above = tables.mode().rootLevel(); above > level; above--) {
            table = childOf(tables.entryOffset(table, above, virtualAddress), virtualAddress);
        }
        return tables.entryOffset(table, level, virtualAddress);
    }

    private long childOf(long entryOffset, long virtualAddress) {
        long entry = tables.load(entryOffset);
        return switch (Pte.decode(entry)) {
            case TABLE -> Pte.ppn(entry);
            case NOT_PRESENT -> populate(entryOffset, PublishOrder.ZERO_THEN_RELEASE);
            case LEAF, RESERVED ->
                throw new IllegalStateException(
                        "0x" + Long.toHexString(virtualAddress) + " is part of a huge page already");
        };
    }

    /** Hooks a new table into an empty parent entry, and returns its frame. */
    @Mirrors("__pte_alloc, pmd_install")
    long populate(long parentOffset, PublishOrder order) {
        return switch (order) {
            case ZERO_THEN_RELEASE -> {
                long table = tables.allocateTable(TableContents.ZEROED);
                tables.publish(parentOffset, Pte.table(table));
                yield table;
            }
            case ZERO_THEN_PLAIN -> {
                long table = tables.allocateTable(TableContents.ZEROED);
                tables.publishUnordered(parentOffset, Pte.table(table));
                yield table;
            }
            case PUBLISH_THEN_ZERO -> {
                long table = tables.allocateTable(TableContents.AS_FOUND);
                tables.publish(parentOffset, Pte.table(table));
                tables.zero(table);
                yield table;
            }
        };
    }

    /**
     * Clears accessed and dirty in the leaf entry of a base page, if one is mapped there.
     *
     * @param virtualAddress any address of the page, canonical
     */
    @Mirrors("ptep_test_and_clear_young, pte_mkclean")
    public void markOldAndClean(long virtualAddress) {
        long table = tables.rootFrame();
        for (int level = tables.mode().rootLevel(); ; level--) {
            long offset = tables.entryOffset(table, level, virtualAddress);
            long entry = tables.load(offset);
            if (level == 0 && Pte.isPresent(entry)) {
                tables.publish(offset, entry & ~(Pte.A | Pte.D));
            }
            if (level == 0 || Pte.decode(entry) != Pte.Kind.TABLE) {
                return;
            }
            table = Pte.ppn(entry);
        }
    }

    /**
     * {@return the frame of the table of {@code level} that translates an address now}
     *
     * @param virtualAddress mapped down to that level
     * @param level of a table below the root
     */
    public long tableAt(long virtualAddress, TableLevel level) {
        return Pte.ppn(tables.load(parentOf(virtualAddress, level)));
    }

    /**
     * {@return the frame that a base page at an address is mapped to now}
     *
     * @param virtualAddress mapped by a base page
     */
    public long pageAt(long virtualAddress) {
        return Pte.ppn(tables.load(tables.entryOffset(tableAt(virtualAddress, TableLevel.PTE), 0, virtualAddress)));
    }

    /**
     * {@return the offset of the entry that points to the table of {@code level} for an address}
     *
     * @param virtualAddress mapped down to the level above
     * @param level of a table below the root
     */
    public long parentOf(long virtualAddress, TableLevel level) {
        if (!level.isFreeableUnder(tables.mode())) {
            throw new IllegalArgumentException("no " + level + " table hangs below the root under " + tables.mode());
        }
        long table = tables.rootFrame();
        for (int above = tables.mode().rootLevel(); above > level.level() + 1; above--) {
            table = Pte.ppn(tables.load(tables.entryOffset(table, above, virtualAddress)));
        }
        return tables.entryOffset(table, level.level() + 1, virtualAddress);
    }

    /** Gives the root table back, when everything is unmapped and nobody walks any more. */
    @Mirrors("pgd_free")
    public void destroy() {
        long root = tables.rootFrame();
        tables.frameTable().destructTable(root);
        memory.free(root);
        tables.uncount(1);
    }

    private void checkCanonical(long virtualAddress) {
        if (!VirtualAddress.isCanonical(virtualAddress, tables.mode(), tables.shape())) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(virtualAddress) + " is not canonical under " + tables.mode());
        }
    }

    /** How a new table becomes visible. */
    public enum PublishOrder {
        /** Contents, write barrier, parent entry: as {@code pmd_install} does. */
        ZERO_THEN_RELEASE,
        /** Contents, parent entry, and no barrier: fails where stores may pass each other. */
        ZERO_THEN_PLAIN,
        /** Parent entry first: fails everywhere. */
        PUBLISH_THEN_ZERO
    }
}
