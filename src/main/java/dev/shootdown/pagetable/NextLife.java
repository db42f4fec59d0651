package dev.shootdown.pagetable;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.memory.Poison;
import dev.shootdown.memory.Words;
import dev.shootdown.riscv.Pte;
import java.util.Optional;

/**
 * Tables that stay tables: unhooked here, they serve another address space next, and are never given back to the page allocator.
 *
 * <p>In its next life every entry of such a table is a leaf to one page of the other owner's. Nothing was freed, so a software
 * walker that comes late finds an entry like any other, and can pin the page: only loading the parent entry again tells it. The
 * entries carry {@link Poison#FOREIGN}, which such a walker cannot see ({@link EntryReader.OtherLives}); it is there for the
 * hardware, which does not look again.
 */
public final class NextLife {
    private static final String REGION = "next_life";

    private final Words words;
    private final PhysicalMemory memory;
    private final long pageOffset;

    private NextLife(Machine machine) {
        this.words = machine.words();
        this.memory = machine.memory();
        this.pageOffset = machine.region(REGION);
    }

    /**
     * {@return what becomes of the tables of a machine; empty if they are freed}
     *
     * @param machine its description says whether they do
     */
    public static Optional<NextLife> of(Machine machine) {
        return isOn(machine) ? Optional.of(new NextLife(machine)) : Optional.empty();
    }

    static boolean isOn(Machine machine) {
        return machine.spec().regions().containsKey(REGION);
    }

    /**
     * Says that a machine's tables stay tables.
     *
     * @param spec the machine so far
     * @return the description with a word that says so
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, 1);
    }

    /**
     * The other owner gets the page that all the entries will map. Before anybody runs.
     *
     * @param owner the number of the other address space
     */
    public void prepare(int owner) {
        words.setOpaque(pageOffset, memory.allocate(FrameKind.DATA, owner));
    }

    /**
     * A table that was unhooked serves another address space from now on.
     *
     * @param table its frame's number; unhooked and not freed
     * @param owner as in {@link #prepare}
     */
    @Mirrors("pgtable_trans_huge_withdraw, set_ptes")
    public void begin(long table, int owner) {
        memory.frameTable().handOver(table, owner);
        long entry = Poison.FOREIGN.pattern() | Pte.leaf(words.getOpaque(pageOffset));
        long start = memory.offsetOfFrame(table);
        for (long offset = start; offset < start + (1L << memory.pageShift()); offset += Long.BYTES) {
            // Release: pairs with EntryReader.load's acquire; who reads an entry of this life sees the unhook as well,
            // when it loads the parent entry again.
            words.setRelease(offset, entry);
        }
    }
}
