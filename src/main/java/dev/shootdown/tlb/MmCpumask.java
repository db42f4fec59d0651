package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;

/** {@code mm_cpumask}: a word with a bit for each hart that runs the address space, or may have cached its entries. */
public final class MmCpumask {
    private final Words words;
    private final long offset;

    /**
     * The mask in the word at {@code offset} of the image.
     *
     * @param words of the machine
     * @param offset in bytes
     */
    public MmCpumask(Words words, long offset) {
        this.words = words;
        this.offset = offset;
    }

    /**
     * The hart is about to use the address space's tables.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("switch_mm (enter)")
    public void enter(Hart hart) {
        // Full barrier: the bit is set before the hart reads a table; pairs with the fence in TlbFlush.flush, which
        // stands between unhooking an entry and reading the mask. One of the two sees the other.
        words.getAndBitwiseOr(offset, hart.bit());
    }

    /**
     * The same with nothing that orders the bit before the hart's loads of tables. A mistake. The store is a plain one of the whole
     * word: no other hart may enter or leave meanwhile.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("switch_mm (enter, no barrier)")
    public void enterUnordered(Hart hart) {
        // Opaque, both: pairs with nothing. The fence in TlbFlush.flush has no counterpart here, so a flush can miss
        // the bit,
        // and the hart the unhook.
        words.setOpaque(offset, words.getOpaque(offset) | hart.bit());
    }

    /**
     * The hart has stopped using them.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("switch_mm (leave)")
    public void leave(Hart hart) {
        // Full barrier: the hart's reads come before the bit is cleared; pairs with TlbFlush's read of the mask.
        words.getAndBitwiseAnd(offset, ~hart.bit());
    }

    /** {@return the harts that are in it now, a bit each} */
    public long harts() {
        return words.getAcquire(offset);
    }
}
